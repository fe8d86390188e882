package io.filejob.postgres;

import io.filejob.failure.JobFailedException;
import io.filejob.ledger.LoadedPartial;
import io.filejob.storage.state.StateStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ledger of the slices loaded into the tables of a schema: one row per slice, committed together with the slice's
 * changes, so that every slice takes effect exactly once.
 */
final class LoadLedger {
    static final String NAME = "filejob_ledger";

    /** Pseudo-slice: the job is over, so no more rows may be loaded for it. */
    private static final int OVER = -1;

    /** Pseudo-slice: the job has begun. */
    private static final int BEGUN = -2;

    /** How long the end of a job is remembered: long enough that no worker resumes later. */
    private static final String KEPT = "7 days";

    private final TableName table;
    private final String job;

    /** Opens the ledger of {@code job} in the schema of {@code beside}. */
    LoadLedger(TableName beside, String job) {
        this.table = beside.sibling(NAME);
        this.job = job;
    }

    /** Creates the table if it does not exist; throws {@link JobFailedException} if it cannot be used. */
    void create(Connection connection) throws SQLException {
        if (LedgerAccess.check(connection, table)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + table.sql()
                    + " (job text, slice integer, result text NOT NULL, at timestamptz NOT NULL DEFAULT now(),"
                    + " PRIMARY KEY (job, slice))");
        }
    }

    /** Returns the result of slice {@code slice} if it is committed. */
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
     * Records the result of slice {@code slice}, effective on commit; returns false if it was recorded before. Waits
     * for a concurrent transaction that records the same slice.
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

    /** Changes the result of slice {@code slice}, which was added before. */
    void put(Connection connection, int slice, String result) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE " + table.sql() + " SET result = ? WHERE job = ? AND slice = ?")) {
            update.setString(1, result);
            update.setString(2, job);
            update.setInt(3, slice);
            update.executeUpdate();
        }
    }

    /** Returns whether the job is over. */
    boolean isOver(Connection connection) throws SQLException {
        return find(connection, OVER).isPresent();
    }

    /** Records that the job has begun, and the prefix of the names of its own tables. */
    void begin(Connection connection, String prefix) throws SQLException {
        add(connection, BEGUN, prefix);
    }

    /**
     * Protects the job from removal until the end of the transaction; returns false if it has been removed or is over.
     * Workers do not block each other.
     */
    boolean hold(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT FROM " + table.sql() + " WHERE job = ? AND slice = ? FOR KEY SHARE")) {
            query.setString(1, job);
            query.setInt(2, BEGUN);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Records that the job is over and deletes all its other rows. */
    void end(Connection connection) throws SQLException {
        add(connection, OVER, "");
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + table.sql() + " WHERE job = ? AND slice <> ?")) {
            delete.setString(1, job);
            delete.setInt(2, OVER);
            delete.executeUpdate();
        }
    }

    /**
     * Deletes all rows of {@code job} from the ledger in {@code schema}, if the ledger exists; returns their number.
     */
    static int forget(Connection connection, String schema, String job) throws SQLException {
        TableName ledger = new TableName(schema, NAME);
        if (!isThere(connection, ledger)) {
            return 0;
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + ledger.sql() + " WHERE job = ?")) {
            delete.setString(1, job);
            return delete.executeUpdate();
        }
    }

    /** Returns the sum of the slices of {@code job} in the ledger in {@code schema}; zero if there is no ledger. */
    static LoadedPartial committed(Connection connection, String schema, String job) throws SQLException {
        TableName ledger = new TableName(schema, NAME);
        LoadedPartial all = LoadedPartial.NONE;
        if (!isThere(connection, ledger)) {
            return all;
        }
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT result FROM " + ledger.sql() + " WHERE job = ? AND slice >= 0 AND result <> ''")) {
            query.setString(1, job);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (LedgerResultText.read(row.getString(1)).partial() instanceof LoadedPartial loaded) {
                        all = all.plus(loaded);
                    }
                }
            }
        }
        return all;
    }

    private static boolean isThere(Connection connection, TableName ledger) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(?) AND relkind IN ('r', 'p')")) {
            query.setString(1, ledger.sql());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Deletes old rows: those of jobs that have been over for {@link #KEPT}, and the notes of killed local runs, which
     * cannot be resumed. The rows of any other job are kept until it is removed, however long it is paused, since it
     * would otherwise load rows twice.
     *
     * @return names of the killed runs, to be removed by the caller
     */
    List<String> forgetOld(Connection connection) throws SQLException {
        List<String> killed = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM " + table.sql() + " WHERE slice = " + OVER + " AND at < now() - interval '"
                    + KEPT + "'");
            try (ResultSet row = statement.executeQuery("SELECT job FROM " + table.sql() + " b WHERE slice = " + BEGUN
                    + " AND starts_with(job, " + Sql.quoteLiteral(StateStore.TEMPORARY_JOB) + ")"
                    + " AND NOT EXISTS (SELECT FROM " + table.sql()
                    + " later WHERE later.job = b.job AND later.at > now() - interval '" + KEPT + "')"
                    + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity WHERE application_name = b.result)")) {
                while (row.next()) {
                    killed.add(row.getString(1));
                }
            }
        }
        return killed;
    }
}
