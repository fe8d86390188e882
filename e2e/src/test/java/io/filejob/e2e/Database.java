package io.filejob.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A database of a {@link Postgres}, as pods and this machine reach it. */
record Database(String address, int port, String name) {
    /** The role of jobs, which is no superuser. */
    static final String USER = "filejob";

    private static final String PASSWORD = "filejob";

    /** The Secret that jobs take, as {@code KEY=VALUE} lines. */
    String secret() {
        return secret(PASSWORD);
    }

    /** The same with another password. */
    String secret(String password) {
        return "host=%s\nport=%d\ndatabase=%s\nuser=%s\npassword=%s\n".formatted(address, port, name, USER, password);
    }

    /** A connection of the role of jobs. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + address + ":" + port + "/" + name, USER, PASSWORD);
    }

    /** The rows of a query, as texts; none may be null. */
    List<List<String>> query(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<List<String>> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(Objects.requireNonNull(result.getString(column), query));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** All that there is in it of a user's: tables and sequences. */
    List<String> relations() {
        return query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                        + " AND relkind IN ('r', 'p', 'v', 'm', 'S') ORDER BY relname COLLATE \"C\"")
                .stream()
                .map(List::getFirst)
                .toList();
    }

    /** How many sessions of jobs wait for a lock. */
    long held() {
        return query("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
                        + " AND application_name LIKE 'filejob%' AND wait_event_type = 'Lock'")
                .size();
    }
}
