package io.filejob.table;

import java.sql.SQLException;

/** A failure of the database, on its way through code that knows nothing of databases. */
final class SqlTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException exception;

    SqlTrouble(SQLException exception) {
        super(exception);
        this.exception = exception;
    }

    SQLException exception() {
        return exception;
    }
}
