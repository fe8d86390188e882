package io.filejob.postgres;

import java.sql.SQLException;

/** The server has refused a row, so the slice has to be repeated carefully, see {@link CopyRows#carefully}. */
final class RowRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException exception;

    RowRefusedException(SQLException exception) {
        super(exception);
        this.exception = exception;
    }

    SQLException exception() {
        return exception;
    }
}
