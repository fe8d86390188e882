package io.filejob.postgres;

import java.sql.SQLException;

/** Unchecked wrapper of an {@link SQLException}, thrown through code that is independent of databases. */
final class UncheckedSqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException exception;

    UncheckedSqlException(SQLException exception) {
        super(exception);
        this.exception = exception;
    }

    SQLException exception() {
        return exception;
    }
}
