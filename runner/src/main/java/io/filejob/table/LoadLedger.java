package io.filejob.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which slices of which jobs are in the tables of a schema: a row for each, committed together with what the slice has
 * done, so that it is done once.
 */
final class LoadLedger {
    static final String NAME = "filejob_ledger";

    /** In the place of a slice: the job is over, and nothing may be done for it any more. */
    private static final int OVER = -1;

    /** In the place of a slice: the job has begun. */
    private static final int BEGUN = -2;

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
        try (PreparedStatement query =
                connection.prepareStatement("SELECT result FROM " + table.sql() + " WHERE job = ? AND slice = ?")) {
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
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE " + table.sql() + " SET result = ? WHERE job = ? AND slice = ?")) {
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

    /** Says what the names of the job's own tables begin with. */
    void begin(Connection connection, String prefix) throws SQLException {
        add(connection, BEGUN, prefix);
    }

    /** Says that the job is over. */
    void end(Connection connection) throws SQLException {
        add(connection, OVER, "");
    }

    /** Forgets jobs of which nothing was heard for long; what the names of their own tables begin with. */
    List<String> forget(Connection connection) throws SQLException {
        String old = " FROM " + table.sql() + " l WHERE NOT EXISTS (SELECT FROM " + table.sql()
                + " later WHERE later.job = l.job AND later.at > now() - interval '" + KEPT + "')";
        List<String> prefixes = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT result" + old + " AND slice = " + BEGUN)) {
                while (row.next()) {
                    prefixes.add(row.getString(1));
                }
            }
            statement.execute("DELETE" + old);
        }
        return prefixes;
    }
}
