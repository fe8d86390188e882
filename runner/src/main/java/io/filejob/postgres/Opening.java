package io.filejob.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** A transaction that begins at the first request for its connection. For one thread. */
interface Opening {
    /** Returns the connection, within the transaction. */
    Connection get() throws SQLException;

    /** Returns whether the transaction has begun. */
    boolean isBegun();
}
