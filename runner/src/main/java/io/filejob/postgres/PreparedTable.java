package io.filejob.postgres;

import io.filejob.csv.InputPosition;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.ingest.IngestSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * A table ready to be loaded: the table itself and the job's own tables exist.
 *
 * @param layout layout of the table
 * @param staging the staging tables, which exist unless rows are appended
 * @param ledger ledger of committed slices
 * @param rows copies rows to the staging tables or, if they are appended, to the table
 */
record PreparedTable(TableLayout layout, Staging staging, LoadLedger ledger, CopyRows rows) {
    /**
     * Creates the missing tables.
     *
     * @param database describes the database in messages
     * @param begun whether this worker has prepared the table before
     * @throws JobFailedException if the table does not match the spec, or if the job is over
     */
    static PreparedTable of(
            Connection connection, LoadSetting setting, InputPosition position, String database, boolean begun)
            throws SQLException {
        IngestSpec spec = setting.spec();
        try (Statement statement = connection.createStatement()) {
            TableName named = TableName.of(spec.table());
            // Without the lock, concurrent sessions that create the same table would fail instead of finding it.
            statement.execute("SELECT pg_catalog.pg_advisory_xact_lock(hashtext('filejob'), hashtext(coalesce("
                    + "(SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                    + " ON n.oid = c.relnamespace WHERE c.oid = pg_catalog.to_regclass(" + Sql.quoteLiteral(named.sql())
                    + ")), "
                    + (named.schema() == null ? "pg_catalog.current_schema()" : Sql.quoteLiteral(named.schema()))
                    + ")::text))");
            WrittenTables.check(connection, spec);
            TableLayout layout = TableLayout.read(connection, spec, setting.columns());
            if (layout == null) {
                if (!spec.createTable()) {
                    throw setting.noTable(database);
                }
                statement.execute(creation(setting));
                layout = Objects.requireNonNull(TableLayout.read(connection, spec, setting.columns()));
            }
            LoadLedger ledger = new LoadLedger(layout.table(), setting.job());
            ledger.create(connection);
            if (ledger.isOver(connection)) {
                throw over();
            }
            if (!begun) {
                ledger.begin(connection, setting.prefix());
            } else if (!ledger.hold(connection)) {
                throw over();
            }
            Staging staging = new Staging(layout, setting);
            boolean isUtf8 = "UTF8".equals(connection.unwrap(PGConnection.class).getParameterStatus("server_encoding"));
            if (spec.mode() == IngestSpec.Mode.APPEND) {
                return new PreparedTable(
                        layout, staging, ledger, rows(layout, layout.table(), setting, position, isUtf8));
            }
            staging.create(connection, layout);
            return new PreparedTable(layout, staging, ledger, rows(layout, staging.rows(), setting, position, isUtf8));
        }
    }

    /** Protects the job from removal until the end of the transaction; throws {@link JobFailedException} if it is over. */
    void hold(Connection connection) throws SQLException {
        if (!ledger.hold(connection)) {
            throw over();
        }
    }

    /** Throws {@link JobFailedException} if rows copied into the table have not been written. */
    void checkDropped() {
        if (rows.dropped() != 0) {
            throw layout.dropping("has dropped " + rows.dropped() + " rows of the input");
        }
    }

    private static JobFailedException over() {
        return new JobFailedException(
                ExitCode.STORE_LOST,
                "the job is over or was removed by filejob cleanup, and no more rows may be loaded for it");
    }

    private static String creation(LoadSetting setting) {
        Stream<String> columns = setting.columns().stream()
                .map(column ->
                        Sql.quoteIdentifier(column.target()) + " " + (column.type() == null ? "text" : column.type()));
        List<String> keys = setting.spec().keyColumns();
        Stream<String> key = keys.isEmpty() ? Stream.empty() : Stream.of("PRIMARY KEY (" + Sql.names(keys) + ")");
        return "CREATE TABLE " + TableName.of(setting.spec().table()).sql() + " ("
                + String.join(", ", Stream.concat(columns, key).toList()) + ")";
    }

    /** Rows for a staging table begin with the numbers of their part and position. */
    private static CopyRows rows(
            TableLayout layout, TableName target, LoadSetting setting, InputPosition position, boolean isUtf8) {
        boolean numbered = !target.equals(layout.table());
        boolean hasNotNulls = numbered || layout.triggers().isEmpty();
        CopyFormat format = new CopyFormat(setting.dialect(), layout.columns().size());
        List<String> columns = new ArrayList<>(numbered ? List.of(Staging.PART, Staging.POSITION) : List.of());
        columns.addAll(layout.columns());
        String statement = format.statement(target, columns, layout.columns());
        return new CopyRows(
                setting.check(),
                format,
                position,
                new CopyRows.CopyTarget(statement, target, numbered, layout),
                new KnownRefusals(
                        setting.dialect(), layout, new ServerVerdicts(target, layout.columns()), hasNotNulls, isUtf8));
    }
}
