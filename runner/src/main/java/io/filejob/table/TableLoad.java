package io.filejob.table;

import io.filejob.job.LoadedPartial;
import io.filejob.job.SliceResult;
import io.filejob.model.AggregateTableSpec;
import io.filejob.model.ExitCode;
import io.filejob.model.IngestSpec;
import io.filejob.model.JobFailure;
import io.filejob.read.InputPosition;
import io.filejob.read.Rows;
import io.filejob.storage.Secrets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One worker's part in loading a table, through a connection of its own. What a slice does to the database and the note
 * that it is done commit together: whoever does it once more finds the note. Failures are {@link JobFailure}s. For one
 * thread.
 */
public final class TableLoad implements AutoCloseable {
    private static final int MOST_RENEWALS = 3;
    private static final String SHORT_WAIT = "SET LOCAL lock_timeout = '2s'";

    private final LoadSetting setting;
    private final Session session;
    private final InputPosition position = new InputPosition();
    private @Nullable Prepared prepared;

    /** What is known once the table has been looked at. */
    private record Prepared(TableLayout layout, Staging staging, LoadLedger ledger, CopyRows rows) {}

    /** Rows of the staging tables are gone, and with them those of these starts. */
    private static final class StagingLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<Long> starts;

        StagingLost(List<Long> starts) {
            super("rows that were waiting are gone");
            this.starts = starts;
        }
    }

    /** {@code scratch} is a folder of this worker's own, which need not be there yet. */
    public TableLoad(LoadSetting setting, Secrets secrets, Path scratch) {
        this.setting = setting;
        this.session = new Session(new DatabaseSecret(setting.spec().database(), secrets, scratch), setting.prefix());
    }

    /** Where the rows that are read stand in the input; to be told about files. */
    public InputPosition position() {
        return position;
    }

    /** Looks whether the table can be loaded, and changes nothing. */
    public void check() {
        session.soon(connection -> {
            TableLayout layout = TableLayout.read(connection, setting.spec(), setting.columns());
            if (layout == null && !setting.spec().createTable()) {
                throw noTable();
            }
            return true;
        });
    }

    private JobFailure noTable() {
        return new JobFailure(
                ExitCode.BAD_MANIFEST,
                "spec.operation.ingest.table: there is no table "
                        + setting.spec().table() + " in the database " + session.database()
                        + ": create it, or set createTable");
    }

    /** Only looks at rows, as {@link #rows} does. */
    public Rows checkedRows() {
        RowCheck check = check(setting);
        return check::check;
    }

    private static RowCheck check(LoadSetting setting) {
        return new RowCheck(setting.dialect(), setting.columns().size(), setting.keys());
    }

    /** Where rows go that are read within {@link #stage} or {@link #append}. */
    public Rows rows() {
        return prepared().rows();
    }

    private Prepared prepared() {
        if (prepared == null) {
            prepared = session.transaction(this::prepare);
        }
        return prepared;
    }

    private Prepared prepare(Connection connection) throws SQLException {
        IngestSpec spec = setting.spec();
        try (Statement statement = connection.createStatement()) {
            // Two who make the same table at the same time would fail instead of finding it there.
            statement.execute("SELECT pg_catalog.pg_advisory_xact_lock(hashtext('filejob'), hashtext("
                    + Sql.text(spec.table()) + "))");
            TableLayout layout = TableLayout.read(connection, spec, setting.columns());
            if (layout == null) {
                if (!spec.createTable()) {
                    throw noTable();
                }
                statement.execute(creation(spec));
                layout = Objects.requireNonNull(TableLayout.read(connection, spec, setting.columns()));
            }
            LoadLedger ledger = new LoadLedger(layout.table(), setting.job());
            ledger.create(statement);
            if (ledger.isOver(connection)) {
                throw new JobFailure(ExitCode.STORE_LOST, "the job is over, and nothing may be loaded for it any more");
            }
            ledger.begin(connection, setting.prefix());
            Staging staging = new Staging(layout, setting);
            boolean waiting = spec.mode() != IngestSpec.Mode.APPEND;
            if (waiting) {
                staging.create(connection, layout);
            }
            return new Prepared(
                    layout, staging, ledger, rows(layout, waiting ? staging.rows() : layout.table(), waiting));
        }
    }

    private String creation(IngestSpec spec) {
        Stream<String> columns = setting.columns().stream()
                .map(column -> Sql.name(column.target()) + " " + (column.type() == null ? "text" : column.type()));
        Stream<String> key = spec.keyColumns().isEmpty()
                ? Stream.empty()
                : Stream.of("PRIMARY KEY (" + Sql.names(spec.keyColumns()) + ")");
        return "CREATE TABLE " + TableName.of(spec.table()).sql() + " ("
                + String.join(", ", Stream.concat(columns, key).toList()) + ")";
    }

    private CopyRows rows(TableLayout layout, TableName target, boolean numbered) {
        CopyFormat format = new CopyFormat(setting.dialect(), layout.columns().size());
        List<String> columns = new ArrayList<>(numbered ? List.of(Staging.PART, Staging.POSITION) : List.of());
        columns.addAll(layout.columns());
        String statement = format.statement(target, columns, layout.columns());
        return new CopyRows(
                check(setting), format, position, new CopyRows.CopyTarget(statement, target, numbered, layout));
    }

    /** Lets the rows wait that {@code read} reads; its result. */
    public SliceResult stage(Supplier<SliceResult> read) {
        return withTables(() -> carefully(() -> session.transaction(connection -> {
            Prepared with = prepared();
            execute(connection, "SET LOCAL synchronous_commit = off");
            int part = with.staging().nextPart(connection);
            with.rows().begin(connection, part);
            SliceResult result = read.get();
            boolean loaded = with.rows().end() > 0 && result.failure() == null;
            if (!loaded || !with.staging().add(connection, result.start(), part)) {
                connection.rollback();
            }
            return result;
        })));
    }

    /** Puts the rows that {@code read} reads into the table, as slice {@code slice}; its result, or what it was before. */
    public SliceResult append(int slice, Supplier<SliceResult> read) {
        try {
            return withTables(() -> carefully(() -> appendOnce(slice, read)));
        } catch (JobFailure failure) {
            if (!isOf(failure, Refusals.UNIQUE_VIOLATION)) {
                throw failure;
            }
            // Perhaps somebody else has just put the very rows of this slice there.
            return session.transaction(connection -> prepared().ledger().find(connection, slice))
                    .map(ResultText::read)
                    .orElseThrow(() -> new JobFailure(
                            ExitCode.BAD_INPUT,
                            failure.getMessage() + ": with mode: append all rows must be new: use mode: upsert",
                            failure));
        }
    }

    private SliceResult appendOnce(int slice, Supplier<SliceResult> read) {
        return session.transaction(connection -> {
            Prepared with = prepared();
            Optional<String> before = with.ledger().find(connection, slice);
            if (before.isPresent()) {
                return ResultText.read(before.get());
            }
            // What is found at the end of a COPY is still found in time to reject the row.
            execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
            with.rows().begin(connection, 0);
            SliceResult result = read.get();
            with.rows().end();
            if (!with.ledger().add(connection, slice, ResultText.write(result))) {
                connection.rollback();
                return ResultText.read(with.ledger().find(connection, slice).orElseThrow());
            }
            return result;
        });
    }

    private static boolean isOf(JobFailure failure, String state) {
        return failure.getCause() instanceof SQLException e && Refusals.state(e).equals(state);
    }

    /**
     * Merges {@code partitions} into the table, as slice {@code slice}. Rows that do not wait any more are loaded again by
     * {@code reload}, which is given their starts.
     *
     * @param starts those of all slices with rows
     */
    public LoadedPartial merge(int slice, List<Integer> partitions, List<Long> starts, Consumer<Long> reload) {
        while (true) {
            try {
                SliceResult result = withTables(() -> session.transaction(connection -> {
                    Prepared with = prepared();
                    if (!with.ledger().add(connection, slice, "")) {
                        return ResultText.read(
                                with.ledger().find(connection, slice).orElseThrow());
                    }
                    LoadedPartial loaded = merge(connection, with, partitions, starts);
                    SliceResult done = SliceResult.later(slice, loaded);
                    with.ledger().put(connection, slice, ResultText.write(done));
                    return done;
                }));
                return (LoadedPartial) result.partial();
            } catch (StagingLost lost) {
                lost.starts.forEach(reload);
            }
        }
    }

    private LoadedPartial merge(Connection connection, Prepared with, List<Integer> partitions, List<Long> starts)
            throws SQLException {
        Map<Long, Integer> parts = with.staging().parts(connection, starts);
        if (parts.size() < starts.size()) {
            throw new StagingLost(
                    starts.stream().filter(start -> !parts.containsKey(start)).toList());
        }
        IngestSpec spec = setting.spec();
        Merging merging = new Merging(spec, with.layout(), with.staging());
        Collection<Integer> numbers = parts.values();
        if (!spec.keyColumns().isEmpty() && spec.duplicateRows() == IngestSpec.Duplicates.ERROR) {
            merging.duplicate(connection, numbers).ifPresent(culprit -> {
                throw new BadRow(culprit, "its key stands in an earlier row, too");
            });
        }
        if (spec.mode() == IngestSpec.Mode.UPSERT && spec.conflicts() == IngestSpec.OnConflict.ERROR) {
            merging.known(connection, numbers).ifPresent(culprit -> {
                throw new BadRow(culprit, "its key is in the table already");
            });
        }
        if (spec.mode() == IngestSpec.Mode.REPLACE) {
            merging.clear(connection);
        }
        LoadedPartial all = LoadedPartial.NONE;
        for (int partition : partitions) {
            all = numbers.isEmpty() ? all : all.plus(merging.merge(connection, partition, numbers));
        }
        return all;
    }

    /** Makes aggregated tables anew: those that are made after a load or, if {@code demanded}, all. */
    public void aggregate(boolean demanded) {
        setting.spec().aggregateTables().stream()
                .filter(table -> demanded || table.refresh() == AggregateTableSpec.Refresh.LOAD)
                .forEach(table -> session.transaction(connection -> {
                    TableName of = TableLayout.find(
                            connection, TableName.of(setting.spec().table()));
                    if (of == null) {
                        throw noTable();
                    }
                    new AggregateTable(table, of, setting.spec().createTable()).refresh(connection);
                    return true;
                }));
    }

    /** Says that the job is over, and removes its own tables, and those that others have left long ago. */
    public void finish() {
        // All is in the table: whatever cannot be removed now is removed by a later job.
        session.ifEasy(connection -> {
            TableName table =
                    TableLayout.find(connection, TableName.of(setting.spec().table()));
            if (table != null) {
                LoadLedger ledger = new LoadLedger(table, setting.job());
                ledger.end(connection);
                try (Statement statement = connection.createStatement()) {
                    statement.execute(SHORT_WAIT);
                    Staging.drop(statement, table, setting.prefix());
                    for (String prefix : ledger.forget(connection)) {
                        Staging.drop(statement, table, prefix);
                    }
                }
            }
            return true;
        });
    }

    /** Removes the job's own tables, if that is easy: nobody goes on with it. */
    public void abandon() {
        session.ifEasy(connection -> {
            TableName table =
                    TableLayout.find(connection, TableName.of(setting.spec().table()));
            if (table != null) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(SHORT_WAIT);
                    // Workers that are in the middle of something are not waited for.
                    statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
                            + Sql.text(setting.prefix()) + " AND usename = current_user AND pid <> pg_backend_pid()");
                    Staging.drop(statement, table, setting.prefix());
                }
            }
            return true;
        });
    }

    /** Once more row by row, if the server refuses one. */
    private <T> T carefully(Supplier<T> action) {
        try {
            return action.get();
        } catch (RowRefused refused) {
            CopyRows rows = prepared().rows();
            rows.carefully(true);
            try {
                return action.get();
            } finally {
                rows.carefully(false);
            }
        }
    }

    /** Once more with new tables, if somebody has removed the job's own. */
    private <T> T withTables(Supplier<T> action) {
        for (int tries = 1; ; tries++) {
            try {
                prepared();
                return action.get();
            } catch (JobFailure failure) {
                if (!isOf(failure, Refusals.UNDEFINED_TABLE) || tries == MOST_RENEWALS) {
                    throw failure;
                }
                prepared = null;
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
