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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One worker's part in loading a table, through a connection of its own. What a slice does to the database and the note
 * that it is done commit together: whoever does it once more finds the note. Failures are {@link JobFailure}s. For one
 * thread.
 */
public final class TableLoad implements AutoCloseable {
    private static final int MOST_RENEWALS = 3;

    private final LoadSetting setting;
    private final Session session;
    private final InputPosition position = new InputPosition();
    private @Nullable PreparedTable prepared;
    private boolean begun;

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
            WrittenTables.check(connection, setting.spec());
            TableLayout layout = TableLayout.read(connection, setting.spec(), setting.columns());
            if (layout == null && !setting.spec().createTable()) {
                throw setting.noTable(session.database());
            }
            if (layout != null) {
                LedgerAccess.check(connection, layout.table().sibling(LoadLedger.NAME));
            }
            return true;
        });
    }

    /** Only looks at rows, as {@link #rows} does. */
    public Rows checkedRows() {
        RowCheck check = setting.check();
        return check::check;
    }

    /** Where rows go that are read within {@link #stage} or {@link #append}. */
    public Rows rows() {
        return prepared().rows();
    }

    private PreparedTable prepared() {
        if (prepared == null) {
            prepared = session.transaction(
                    connection -> PreparedTable.of(connection, setting, position, session.database(), begun));
            begun = true;
        }
        return prepared;
    }

    /** Copies the rows that {@code read} reads into the staging tables; its result. */
    public SliceResult stage(Supplier<SliceResult> read) {
        return withTables(() -> carefully(() -> {
            PreparedTable with = prepared();
            int part = session.transaction(connection -> {
                with.hold(connection);
                return with.staging().nextPart(connection);
            });
            Work<Boolean> begin = connection -> {
                with.hold(connection);
                execute(connection, "SET LOCAL synchronous_commit = off");
                return true;
            };
            return session.reading(begin, transaction -> {
                with.rows().begin(transaction, part);
                SliceResult result = read.get();
                boolean loaded = with.rows().end() > 0 && result.failure() == null;
                boolean kept = loaded && with.staging().add(transaction.get(), result.start(), part);
                if (!kept && transaction.isBegun()) {
                    transaction.get().rollback();
                }
                return result;
            });
        }));
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
            return session.transaction(connection -> {
                        Optional<String> noted = prepared().ledger().find(connection, slice);
                        if (noted.isEmpty()) {
                            prepared().hold(connection);
                        }
                        return noted;
                    })
                    .map(ResultText::read)
                    .orElseThrow(() -> new JobFailure(
                            ExitCode.BAD_INPUT,
                            failure.getMessage() + ": with mode: append all rows must be new: use mode: upsert",
                            failure));
        }
    }

    private SliceResult appendOnce(int slice, Supplier<SliceResult> read) {
        PreparedTable with = prepared();
        Optional<String> before = session.transaction(connection -> {
            with.hold(connection);
            return with.ledger().find(connection, slice);
        });
        if (before.isPresent()) {
            return ResultText.read(before.get());
        }
        Work<Boolean> begin = connection -> {
            with.hold(connection);
            // What is found at the end of a COPY is still found in time to reject the row.
            execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
            return true;
        };
        return session.reading(begin, transaction -> {
            with.rows().begin(transaction, 0);
            SliceResult result = read.get();
            with.rows().end();
            with.checkDropped();
            Connection connection = transaction.get();
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
                    PreparedTable with = prepared();
                    with.hold(connection);
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
                lost.starts().forEach(reload);
            }
        }
    }

    private LoadedPartial merge(Connection connection, PreparedTable with, List<Integer> partitions, List<Long> starts)
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
            all = numbers.isEmpty() || !with.staging().has(partition)
                    ? all
                    : all.plus(merging.merge(connection, partition, numbers));
        }
        return all;
    }

    /** Makes aggregated tables anew: those that are made after a load or, if {@code demanded}, all. */
    public void aggregate(boolean demanded) {
        setting.spec().aggregateTables().stream()
                .filter(table -> demanded || table.refresh() == AggregateTableSpec.Refresh.LOAD)
                .forEach(table -> session.transaction(connection -> {
                    WrittenTables.check(connection, setting.spec());
                    TableName of = table(connection).orElseThrow(() -> setting.noTable(session.database()));
                    new AggregateTable(table, of, setting.spec().createTable()).refresh(connection);
                    return true;
                }));
    }

    private Optional<TableName> table(Connection connection) throws SQLException {
        return TableLayout.find(connection, TableName.of(setting.spec().table()));
    }

    /**
     * Says that the job is over, and removes its own tables, and those of runs that were killed long ago. Whatever cannot be
     * removed now is removed by {@code filejob cleanup}.
     */
    public void finish() {
        new JobEnd(session, setting).finish();
    }

    /** Removes the job's own tables, if that is easy, but for the note of what is loaded. */
    public void abandon() {
        new JobEnd(session, setting).abandon();
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
