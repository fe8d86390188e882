package io.filejob.postgres;

import io.filejob.csv.InputPosition;
import io.filejob.csv.RowConsumer;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.LoadedPartial;
import io.filejob.ledger.RefreshedTable;
import io.filejob.ledger.SliceResult;
import io.filejob.spec.ingest.AggregateTableSpec;
import io.filejob.storage.local.Secrets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One worker's part in loading a table, through its own connection. The changes of a slice and its ledger row are
 * committed together; a repeated slice finds the ledger row and changes nothing. Failures are {@link JobFailedException}s. For
 * one thread.
 */
public final class TableLoad implements AutoCloseable {
    private static final int MAX_RENEWALS = 3;

    private final LoadSetting setting;
    private final Session session;
    private final InputPosition position = new InputPosition();
    private @Nullable PreparedTable prepared;
    private boolean begun;

    /** Creates a load; {@code scratch} is a directory of this worker alone, which need not exist yet. */
    public TableLoad(LoadSetting setting, Secrets secrets, Path scratch) {
        this.setting = setting;
        this.session = new Session(new DatabaseSecret(setting.spec().database(), secrets, scratch), setting.prefix());
    }

    /** Returns the position of the rows being read; the caller announces each file to it. */
    public InputPosition position() {
        return position;
    }

    /** Checks that the table can be loaded, without changing anything. */
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

    /** Returns a consumer that only checks rows, in the same way as {@link #rows}. */
    public RowConsumer checkedRows() {
        RowCheck check = setting.check();
        return check::check;
    }

    /** Returns the consumer of rows read within {@link #stage} or {@link #append}. */
    public RowConsumer rows() {
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

    /** Reads the rows of a slice. */
    @FunctionalInterface
    public interface RowReading {
        /**
         * Passes the rows to {@link #rows} and returns the result. If the server refused one of them, they are read again
         * {@code carefully}, and then more of them are rejected: the two must not share a file of bad records.
         */
        SliceResult read(boolean carefully);
    }

    /** Copies the rows read by {@code reading} into the staging tables; returns its result. */
    public SliceResult stage(RowReading reading) {
        return withTables(() -> carefully(careful -> {
            PreparedTable with = prepared();
            int part = session.transaction(connection -> {
                with.hold(connection);
                return with.staging().nextPart(connection);
            });
            Work<Boolean> begin = connection -> {
                with.hold(connection);
                Sql.execute(connection, "SET LOCAL synchronous_commit = off");
                return true;
            };
            return session.reading(begin, transaction -> {
                with.rows().begin(transaction, part);
                SliceResult result = reading.read(careful);
                boolean loaded = with.rows().end() > 0 && result.failure() == null;
                boolean kept = loaded && with.staging().add(transaction.get(), result.start(), part);
                if (!kept && transaction.isBegun()) {
                    transaction.get().rollback();
                }
                return result;
            });
        }));
    }

    /**
     * Appends the rows read by {@code reading} to the table, as slice {@code slice}; returns its result, or that of an
     * earlier attempt that was committed.
     */
    public SliceResult append(int slice, RowReading reading) {
        try {
            return withTables(() -> carefully(careful -> appendOnce(slice, () -> reading.read(careful))));
        } catch (JobFailedException failure) {
            if (!DatabaseErrors.causedBy(failure, DatabaseErrors.UNIQUE_VIOLATION)) {
                throw failure;
            }
            // Another worker may have just committed the rows of this slice.
            return session.transaction(connection -> {
                        Optional<String> noted = prepared().ledger().find(connection, slice);
                        if (noted.isEmpty()) {
                            prepared().hold(connection);
                        }
                        return noted;
                    })
                    .map(LedgerResultText::read)
                    .orElseThrow(() -> new JobFailedException(
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
            return LedgerResultText.read(before.get());
        }
        return session.reading(appending(with), transaction -> {
            with.rows().begin(transaction, 0);
            SliceResult result = read.get();
            with.rows().end();
            with.checkDropped();
            Connection connection = transaction.get();
            if (!with.ledger().add(connection, slice, LedgerResultText.write(result))) {
                connection.rollback();
                return LedgerResultText.read(
                        with.ledger().find(connection, slice).orElseThrow());
            }
            return result;
        });
    }

    private static Work<Boolean> appending(PreparedTable with) {
        return connection -> {
            with.hold(connection);
            // Constraint violations are found at the end of each COPY, in time to reject the row.
            Sql.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
            return true;
        };
    }

    /**
     * Reads the rows of a slice as {@link #append} does, carefully, so that those which the server refuses are rejected again,
     * but appends none of them. Returns the result, or nothing if a unique index of the table already has a row of the slice.
     */
    public Optional<SliceResult> rehearse(RowReading reading) {
        try {
            return Optional.of(withTables(() -> rejecting(() -> rehearseOnce(reading))));
        } catch (JobFailedException failure) {
            if (!DatabaseErrors.causedBy(failure, DatabaseErrors.UNIQUE_VIOLATION)) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    private SliceResult rehearseOnce(RowReading reading) {
        return session.reading(appending(prepared()), transaction -> {
            CopyRows rows = prepared().rows();
            rows.begin(transaction, 0);
            SliceResult result = reading.read(true);
            rows.end();
            if (transaction.isBegun()) {
                transaction.get().rollback();
            }
            return result;
        });
    }

    /**
     * Merges {@code partitions} into the table, as slice {@code slice}. Rows lost from the staging tables are loaded
     * again by {@code reload}, which is called with their starts.
     *
     * @param starts starts of all slices with rows
     */
    public LoadedPartial merge(int slice, List<Integer> partitions, List<Long> starts, Consumer<Long> reload) {
        while (true) {
            try {
                SliceResult result = withTables(() -> session.transaction(connection -> {
                    PreparedTable with = prepared();
                    with.hold(connection);
                    if (!with.ledger().add(connection, slice, "")) {
                        return LedgerResultText.read(
                                with.ledger().find(connection, slice).orElseThrow());
                    }
                    LoadedPartial loaded = new Merging(setting.spec(), with.layout(), with.staging())
                            .all(connection, partitions, starts);
                    SliceResult done = SliceResult.later(slice, loaded);
                    with.ledger().put(connection, slice, LedgerResultText.write(done));
                    return done;
                }));
                return (LoadedPartial) result.partial();
            } catch (StagingLostException lost) {
                lost.starts().forEach(reload);
            }
        }
    }

    /** Rebuilds and returns the aggregate tables that are refreshed after each load or, if {@code demanded}, all of them. */
    public List<RefreshedTable> aggregate(boolean demanded) {
        return setting.spec().aggregateTables().stream()
                .filter(table -> demanded || table.refresh() == AggregateTableSpec.Refresh.LOAD)
                .map(table -> session.transaction(connection -> {
                    WrittenTables.check(connection, setting.spec());
                    TableName of = TableLayout.find(
                                    connection, TableName.of(setting.spec().table()))
                            .orElseThrow(() -> setting.noTable(session.database()));
                    long rows = new AggregateTable(table, of, setting.spec().createTable()).refresh(connection);
                    return new RefreshedTable(table.table(), rows);
                }))
                .toList();
    }

    /**
     * Records that the job is over and drops its own tables, and those of local runs killed long ago. Tables that
     * cannot be dropped now are dropped by {@code filejob cleanup}.
     */
    public void finish() {
        new JobEnd(session, setting).finish();
    }

    /** Drops the job's own tables unless the database is unreachable or locked; its ledger rows are kept. */
    public void abandon() {
        new JobEnd(session, setting).abandon();
    }

    /** Runs the action; if the server refuses a row, runs it again, now rejecting refused rows. */
    private SliceResult carefully(RowReading action) {
        try {
            return action.read(false);
        } catch (RowRefusedException refused) {
            return rejecting(() -> action.read(true));
        }
    }

    /** Runs the action; the rows that the server refuses are rejected. */
    private SliceResult rejecting(Supplier<SliceResult> action) {
        CopyRows rows = prepared().rows();
        rows.carefully(true);
        try {
            return action.get();
        } finally {
            rows.carefully(false);
        }
    }

    /** Runs the action; if the job's own tables have been removed meanwhile, creates them and runs it again. */
    private <T> T withTables(Supplier<T> action) {
        for (int tries = 1; ; tries++) {
            try {
                prepared();
                return action.get();
            } catch (JobFailedException failure) {
                if (!DatabaseErrors.causedBy(failure, DatabaseErrors.UNDEFINED_TABLE) || tries == MAX_RENEWALS) {
                    throw failure;
                }
                prepared = null;
            }
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
