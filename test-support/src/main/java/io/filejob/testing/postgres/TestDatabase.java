package io.filejob.testing.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** A database of a {@link PostgresServer}, owned by the role used by jobs, and the port to reach it. */
public record TestDatabase(String name, int port) {
    /** The role used by jobs, which is not a superuser. */
    public static final String USER = "filejob";
    /** The role's password. */
    public static final String PASSWORD = "filejob";

    /** Returns the same database, reached through a proxy. */
    public TestDatabase through(CutProxy proxy) {
        return new TestDatabase(name, proxy.port());
    }

    /** Opens a connection with the role used by jobs. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + PostgresServer.HOST + ":" + port + "/" + name, USER, PASSWORD);
    }

    /** Executes statements. */
    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the rows of a query in a canonical order. */
    public TableRows query(String query) {
        try (Connection connection = connect()) {
            return TableRows.of(connection, query);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Creates a folder with a file per key, for use with {@code --secret NAME=PLACE}, and returns it. */
    public Path secret(Path folder) {
        return secret(folder, Map.of());
    }

    /** Does the same with keys added or replaced; keys with an empty value are omitted. */
    public Path secret(Path folder, Map<String, String> more) {
        Map<String, String> keys = new TreeMap<>(Map.of(
                "host",
                PostgresServer.HOST,
                "port",
                String.valueOf(port),
                "database",
                name,
                "user",
                USER,
                "password",
                PASSWORD,
                "sslmode",
                "prefer"));
        keys.putAll(more);
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> key : keys.entrySet()) {
                if (!key.getValue().isEmpty()) {
                    Files.writeString(folder.resolve(key.getKey()), key.getValue());
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return folder;
    }
}
