package io.filejob.table;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done within a transaction: all of it or nothing. It may be done again. */
@FunctionalInterface
interface Work<T> {
    /** Neither commits nor closes {@code connection}; it may roll back, and is over then. */
    T run(Connection connection) throws SQLException;
}
