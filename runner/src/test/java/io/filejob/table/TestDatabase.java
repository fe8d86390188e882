package io.filejob.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** A database of a {@link PostgresServer}, owned by the role that jobs have, and the port at which it is reached. */
public record TestDatabase(String name, int port) {
    /** The role of jobs, which is no superuser. */
    public static final String USER = "filejob";
    /** Its password. */
    public static final String PASSWORD = "filejob";

    /** The same, reached by another way. */
    public TestDatabase through(CutProxy proxy) {
        return new TestDatabase(name, proxy.port());
    }

    /** A connection of the role of jobs. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + PostgresServer.HOST + ":" + port + "/" + name, USER, PASSWORD);
    }

    /** Does statements. */
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

    /** The rows of a query, in an order that is always the same. */
    public TableRows query(String query) {
        try (Connection connection = connect()) {
            return TableRows.of(connection, query);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A Secret as {@code --secret NAME=PLACE} takes it: makes a folder with a file for each key, and returns it. */
    public Path secret(Path folder) {
        return secret(folder, Map.of());
    }

    /** With these keys instead or as well; those with an empty value are left out. */
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
