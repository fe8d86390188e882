package io.filejob.postgres;

import io.filejob.ledger.LoadedPartial;
import io.filejob.spec.DatabaseSpec;
import io.filejob.storage.local.Secrets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The staging tables and ledger rows of one job in a database. They are found by the job's name alone, even if the
 * target table has been dropped. For one thread.
 */
public final class JobTables implements AutoCloseable {
    private static final String APPLICATION = "filejob cleanup";

    private final Session session;
    private final TableName table;
    private final String job;

    /**
     * Opens the tables of {@code job}, which loads {@code table}; {@code scratch} is a directory used by no other
     * process.
     */
    public JobTables(DatabaseSpec database, String table, String job, Secrets secrets, Path scratch) {
        this.session = new Session(new DatabaseSecret(database, secrets, scratch), APPLICATION);
        this.table = TableName.of(table);
        this.job = job;
    }

    /** The number of tables and sequences, and of ledger rows, that were removed. */
    public record Removed(int tables, int rows) {
        /** Nothing was removed. */
        public static final Removed NOTHING = new Removed(0, 0);
    }

    /**
     * Terminates the sessions of the job's workers and removes its tables and ledger rows. Workers that are still
     * running fail because the job is over.
     *
     * @throws io.filejob.failure.JobFailedException if the database cannot be reached or refuses the removal
     */
    public Removed remove() {
        return session.transaction(connection -> {
            endWorkers(connection, LoadSetting.prefix(job));
            try (Statement statement = connection.createStatement()) {
                // A worker that has reconnected in the meantime is terminated in the next attempt.
                statement.execute("SET LOCAL lock_timeout = '2s'");
            }
            return remove(connection, table, job);
        });
    }

    /** Like {@link #remove}, but gives up after a few seconds and ignores failures. */
    public void removeIfEasy() {
        session.ifEasy(connection -> {
            endWorkers(connection, LoadSetting.prefix(job));
            remove(connection, table, job);
            return true;
        });
    }

    /**
     * Returns the rows that an append has committed according to the ledger; empty if the database does not respond
     * soon.
     */
    public Optional<LoadedPartial> committed() {
        AtomicReference<@Nullable LoadedPartial> known = new AtomicReference<>();
        session.ifEasy(connection -> {
            LoadedPartial all = LoadedPartial.NONE;
            for (String schema : schemas(connection, table)) {
                all = all.plus(LoadLedger.committed(connection, schema, job));
            }
            known.set(all);
            return true;
        });
        return Optional.ofNullable(known.get());
    }

    /** Terminates the sessions of the job with this {@code prefix}, except that of {@code connection}. */
    static void endWorkers(Connection connection, String prefix) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE application_name ="
                        + " ? AND usename = current_user AND pid <> pg_catalog.pg_backend_pid()")) {
            query.setString(1, prefix);
            query.execute();
        }
    }

    /**
     * Removes the job's tables and ledger rows. The ledger rows are removed first: a worker's transaction either ends
     * before that or detects that the job is over.
     */
    static Removed remove(Connection connection, TableName table, String job) throws SQLException {
        Set<String> schemas = schemas(connection, table);
        List<FoundRelation> found = staging(connection, LoadSetting.prefix(job));
        found.forEach(each -> schemas.add(each.schema()));
        int rows = 0;
        for (String schema : schemas) {
            rows += LoadLedger.forget(connection, schema, job);
        }
        try (Statement statement = connection.createStatement()) {
            for (FoundRelation each : found) {
                statement.execute("DROP " + (each.sequence() ? "SEQUENCE" : "TABLE") + " IF EXISTS "
                        + new TableName(each.schema(), each.name()).sql());
            }
        }
        return new Removed(found.size(), rows);
    }

    private record FoundRelation(String schema, String name, boolean sequence) {}

    /**
     * Finds staging tables in all schemas, but only those owned by this role: another role's table of the same name
     * does not belong to the job.
     */
    private static List<FoundRelation> staging(Connection connection, String prefix) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
            SELECT n.nspname, c.relname, c.relkind = 'S'
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = ANY (?) AND c.relkind IN ('r', 'p', 'S')
              AND pg_catalog.pg_has_role(c.relowner, 'USAGE')
            ORDER BY 3, 2\
            """)) {
            query.setArray(
                    1, connection.createArrayOf("text", Staging.names(prefix).toArray()));
            List<FoundRelation> found = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(new FoundRelation(row.getString(1), row.getString(2), row.getBoolean(3)));
                }
            }
            return found;
        }
    }

    /** Returns the schemas that may contain the job's table, and therefore the ledger beside it. */
    private static Set<String> schemas(Connection connection, TableName table) throws SQLException {
        Set<String> schemas = new LinkedHashSet<>();
        if (table.schema() != null) {
            schemas.add(table.schema());
            return schemas;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT unnest(pg_catalog.current_schemas(false))")) {
            while (row.next()) {
                schemas.add(row.getString(1));
            }
        }
        return schemas;
    }

    @Override
    public void close() {
        session.close();
    }
}
