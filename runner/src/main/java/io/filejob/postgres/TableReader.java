package io.filejob.postgres;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.DatabaseSpec;
import io.filejob.storage.local.Secrets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Reads pages of the tables that ingests have loaded, for people. Each page is a read-only transaction of its own, ended
 * by the server after ten seconds. Thread-safe.
 */
public final class TableReader {
    private static final int CONNECT_SECONDS = 10;
    private static final int READ_SECONDS = 30;
    /** The number of rows up to which the table is counted. */
    private static final int MAX_COUNTED = 1_000_000;

    private static final String SETTINGS = "SET LOCAL statement_timeout = '10s'; SET LOCAL lock_timeout = '2s';"
            + " SET LOCAL idle_in_transaction_session_timeout = '30s'; SET LOCAL TimeZone = 'UTC';"
            + " SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL jit = off";
    /** SQLSTATE of a statement that was ended by its timeout. */
    private static final String QUERY_CANCELED = "57014";

    private final DatabaseSecret secret;

    /** Reads from {@code database}; certificates for the connection are written below {@code scratch}. */
    public TableReader(DatabaseSpec database, Secrets secrets, Path scratch) {
        this.secret = new DatabaseSecret(database, secrets, scratch);
    }

    /**
     * Returns a page. Throws {@link JobFailedException} with {@link ExitCode#BAD_MANIFEST} for a table or column that does
     * not exist or a query that takes too long, and {@link ExitCode#UNAVAILABLE} if the database does not respond.
     */
    public TablePage read(TableQuery query) {
        PGSimpleDataSource source = secret.source();
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(READ_SECONDS);
        source.setApplicationName("filejob-service");
        source.setReadOnly(true);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement settings = connection.createStatement()) {
                settings.execute("SET TRANSACTION READ ONLY; " + SETTINGS);
            }
            return page(connection, query);
        } catch (SQLException e) {
            throw failure(query, e);
        }
    }

    private JobFailedException failure(TableQuery query, SQLException e) {
        if (QUERY_CANCELED.equals(e.getSQLState())) {
            return new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "the query of table " + query.table()
                            + " takes more than 10 s; sort by its keys, or search for a longer prefix",
                    e);
        }
        return DatabaseErrors.failure(e, secret.describe());
    }

    private static TablePage page(Connection connection, TableQuery query) throws SQLException {
        TableName table = TableLayout.find(connection, TableName.of(query.table()))
                .orElseThrow(() -> new JobFailedException(
                        ExitCode.BAD_MANIFEST, "table " + query.table() + " does not exist in the database"));
        RowSelection selection = RowSelection.of(connection, table, query);
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<@Nullable String> next = null;
        try (PreparedStatement select = connection.prepareStatement(selection.sql())) {
            List<String> parameters = selection.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                select.setString(i + 1, parameters.get(i));
            }
            select.setInt(parameters.size() + 1, query.limit() + 1);
            int columns = selection.columns().size();
            List<@Nullable String> last = null;
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (rows.size() == query.limit()) {
                        next = last;
                        break;
                    }
                    rows.add(values(row, 1, columns));
                    last = values(row, columns + 1, query.order().size());
                }
            }
        }
        return counted(connection, table, new TablePage(selection.columns(), rows, next, 0, true));
    }

    private static TablePage counted(Connection connection, TableName table, TablePage page) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet counted = statement.executeQuery("SELECT count(*) FROM (SELECT FROM " + table.sql()
                        + " LIMIT " + (MAX_COUNTED + 1) + ") AS counted")) {
            counted.next();
            long count = counted.getLong(1);
            boolean isExact = count <= MAX_COUNTED;
            return new TablePage(
                    page.columns(),
                    page.rows(),
                    page.next(),
                    isExact ? count : Math.max(count, estimate(connection, table)),
                    isExact);
        }
    }

    /** Returns the number of rows that the server's statistics show; for a partitioned table, the sum of its partitions. */
    private static long estimate(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT COALESCE(sum(GREATEST(c.reltuples, 0)), 0)::bigint
                FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)) t JOIN pg_catalog.pg_class c ON c.oid = t.relid
                WHERE t.isleaf\
                """)) {
            query.setString(1, table.sql());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static List<@Nullable String> values(ResultSet row, int from, int count) throws SQLException {
        List<@Nullable String> values = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            values.add(row.getString(i));
        }
        return values;
    }
}
