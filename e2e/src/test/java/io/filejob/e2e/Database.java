package io.filejob.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A database of a {@link Postgres}, with its address for pods and for this machine. */
record Database(String address, int port, String name) {
    /** The role used by jobs, which is not a superuser. */
    static final String USER = "filejob";

    private static final String PASSWORD = "filejob";

    /** Returns the Secret for jobs, as {@code KEY=VALUE} lines. */
    String secret() {
        return secret(PASSWORD);
    }

    /** Returns the same Secret with another password. */
    String secret(String password) {
        return String.format(
                Locale.ROOT,
                "host=%s\nport=%d\ndatabase=%s\nuser=%s\npassword=%s\n",
                address,
                port,
                name,
                USER,
                password);
    }

    /** Opens a connection as the role used by jobs. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + address + ":" + port + "/" + name, USER, PASSWORD);
    }

    /** Returns the rows of a query, as texts; none may be null. */
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

    /** Returns all user objects in the database: tables and sequences. */
    List<String> relations() {
        return query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                        + " AND relkind IN ('r', 'p', 'v', 'm', 'S') ORDER BY relname COLLATE \"C\"")
                .stream()
                .map(List::getFirst)
                .toList();
    }

    /** Returns the number of sessions of jobs that wait for a lock. */
    long held() {
        return query("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
                        + " AND application_name LIKE 'filejob%' AND wait_event_type = 'Lock'")
                .size();
    }
}
