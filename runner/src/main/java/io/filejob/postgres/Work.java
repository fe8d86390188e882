package io.filejob.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** An action within a transaction. It may be repeated. */
@FunctionalInterface
interface Work<T> {
    /** Neither commits nor closes {@code connection}; may roll back, after which it must return. */
    T run(Connection connection) throws SQLException;
}
