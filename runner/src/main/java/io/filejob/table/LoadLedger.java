package io.filejob.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Which slices of which jobs are in the tables of a schema: a row for each, committed together with what the slice has
 * done, so that it is done once.
 */
final class LoadLedger {
    static final String NAME = "filejob_ledger";

    /** In the place of a slice: the job is over, and nothing may be done for it any more. */
    private static final int OVER = -1;

    /** Whoever has slept longer than that and goes on may do something again; nobody does. */
    private static final String KEPT = "7 days";

    private final TableName table;
    private final String job;

    /** Of {@code job}, beside {@code beside}. */
    LoadLedger(TableName beside, String job) {
        this.table = beside.sibling(NAME);
        this.job = job;
    }

    /** Makes the table if it is not there. */
    void create(Statement statement) throws SQLException {
        statement.execute("CREATE TABLE IF NOT EXISTS " + table.sql()
                + " (job text, slice integer, result text NOT NULL, at timestamptz NOT NULL DEFAULT now(),"
                + " PRIMARY KEY (job, slice))");
    }

    /** What slice {@code slice} came to, if it is committed. */
    Optional<String> find(Connection connection, int slice) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT result FROM " + table.sql() + " WHERE job = ? AND slice = ?")) {
            query.setString(1, job);
            query.setInt(2, slice);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /**
     * Says what slice {@code slice} comes to, once this is committed; whether nobody has said so before. Waits for somebody
     * else who is about to.
     */
    boolean add(Connection connection, int slice, String result) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table.sql()
                + " (job, slice, result) VALUES (?, ?, ?) ON CONFLICT (job, slice) DO NOTHING")) {
            insert.setString(1, job);
            insert.setInt(2, slice);
            insert.setString(3, result);
            return insert.executeUpdate() == 1;
        }
    }

    /** Says what slice {@code slice}, added before, comes to. */
    void put(Connection connection, int slice, String result) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE " + table.sql() + " SET result = ? WHERE job = ? AND slice = ?")) {
            update.setString(1, result);
            update.setString(2, job);
            update.setInt(3, slice);
            update.executeUpdate();
        }
    }

    /** Whether the job is over. */
    boolean isOver(Connection connection) throws SQLException {
        return find(connection, OVER).isPresent();
    }

    /** Says that the job is over, and forgets jobs that have been over for long. */
    void end(Connection connection) throws SQLException {
        add(connection, OVER, "");
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM " + table.sql() + " l WHERE NOT EXISTS (SELECT FROM " + table.sql()
                    + " later WHERE later.job = l.job AND later.at > now() - interval '" + KEPT + "')");
        }
    }
}
