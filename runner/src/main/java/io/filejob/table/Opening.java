package io.filejob.table;

import java.sql.Connection;
import java.sql.SQLException;

/** A transaction that begins when its connection is first asked for. For one thread. */
interface Opening {
    /** The connection, within the transaction. */
    Connection get() throws SQLException;

    /** Whether the transaction has begun. */
    boolean isBegun();
}
