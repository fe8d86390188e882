package io.filejob.engine.ingest;

import io.filejob.coverage.Coverage;
import io.filejob.coverage.LineNumbers;
import io.filejob.csv.ByteSource;
import io.filejob.csv.FileRange;
import io.filejob.csv.InputPosition;
import io.filejob.csv.RangeOutcome;
import io.filejob.csv.RowConsumer;
import io.filejob.csv.RowReader;
import io.filejob.engine.FileSlices;
import io.filejob.engine.InputCheck;
import io.filejob.engine.LineCount;
import io.filejob.engine.PartFile;
import io.filejob.engine.Publication;
import io.filejob.engine.SliceContent;
import io.filejob.engine.SliceName;
import io.filejob.engine.SliceWork;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.ledger.LoadedPartial;
import io.filejob.ledger.LostPartialException;
import io.filejob.ledger.Partial;
import io.filejob.ledger.RejectsFile;
import io.filejob.ledger.SliceResult;
import io.filejob.ledger.StagedPartial;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.InputFile;
import io.filejob.plan.Stage;
import io.filejob.postgres.ConflictingRowException;
import io.filejob.postgres.TableLoad;
import io.filejob.spec.ingest.IngestSpec;
import io.filejob.status.RejectedRecord;
import io.filejob.status.RowCounts;
import io.filejob.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Loads the rows of the user's files into a table. In append mode, the first stage only determines where each slice of
 * the input begins, and a later stage loads each slice. In other modes, the first stage puts the rows into staging
 * tables, and the later stage merges them.
 */
final class FileIngest implements SliceWork {
    private final IngestSetting setting;
    private final FileSlices slices;
    private final IngestContent content;
    private final Publication publication;

    /**
     * Settings of an ingest.
     *
     * @param spec the ingest to perform
     * @param load access to the table
     * @param slicing the slices of the input
     * @param storage the locations of the input
     * @param partials the folder of partial results; null if there is none
     * @param partitions the number of staging tables
     */
    record IngestSetting(
            IngestSpec spec,
            TableLoad load,
            FileSlicing slicing,
            Storage storage,
            @Nullable Folder partials,
            int partitions) {}

    FileIngest(IngestSetting setting, FileSlices slices, IngestContent content, Publication publication) {
        this.setting = setting;
        this.slices = slices;
        this.content = content;
        this.publication = publication;
    }

    private boolean appends() {
        return setting.spec().mode() == IngestSpec.Mode.APPEND;
    }

    @Override
    public SliceResult map(int slice, OptionalLong start) {
        if (appends()) {
            content.to(setting.load()::checkedRows);
            return looked(slices.look(slice, start));
        }
        content.to(setting.load()::rows);
        return setting.load().stage(carefully -> read(slice, start, carefully));
    }

    private SliceResult read(int slice, OptionalLong start, boolean carefully) {
        return carefully ? slices.runCarefully(slice, start) : slices.run(slice, start);
    }

    /** Returns {@code result} without row counts and samples, which are reported when the rows are loaded. */
    private static SliceResult looked(SliceResult result) {
        return result.toBuilder()
                .rows(RowCounts.NONE)
                .samples(List.of())
                .rejects(null)
                .partial(new StagedPartial(0))
                .build();
    }

    @Override
    public SliceResult reduce(Stage stage, int slice, Coverage covered) {
        return appends()
                ? append(slice, slice - stage.first(), covered)
                : SliceResult.later(slice, merge(stage, slice, covered));
    }

    @Override
    public SliceResult publish(int slice, Coverage covered) {
        return publication.badRecords(slice, covered, setting.load().aggregate(false));
    }

    private SliceResult append(int slice, int input, Coverage covered) {
        SliceResult looked = covered.results().stream()
                .filter(result -> result.slice() == input)
                .findFirst()
                .orElse(null);
        if (looked == null || looked.end() == looked.start()) {
            // No record begins in this slice.
            return SliceResult.later(slice, LoadedPartial.NONE);
        }
        content.to(setting.load()::rows);
        SliceResult appended = setting.load().append(slice, carefully -> {
            SliceResult read = read(input, OptionalLong.of(looked.start()), carefully);
            if (read.failure() != null) {
                throw new JobFailedException(
                        ExitCode.BAD_INPUT,
                        LineNumbers.failure(covered, read, read.failure()).describe());
            }
            return SliceResult.builder(
                            slice,
                            looked.start(),
                            looked.start(),
                            new LoadedPartial(read.rows().used(), 0, 0, 0, 0))
                    .rows(read.rows())
                    .samples(read.samples())
                    .rejects(read.rejects())
                    .build();
        });
        RejectsFile rejects = appended.rejects();
        if (rejects != null) {
            restore(rejects, input, OptionalLong.of(looked.start()));
        }
        return appended;
    }

    /** Writes the bad records of an appended slice again if their file is lost, since no slice is appended twice. */
    private void restore(RejectsFile rejects, int input, OptionalLong start) {
        try {
            PartFile.check(Objects.requireNonNull(setting.partials()), rejects);
        } catch (LostPartialException lost) {
            if (!rejects.equals(readAgain(rejects, input, start))) {
                throw new JobFailedException(
                        ExitCode.STORE_LOST,
                        lost.getMessage()
                                + "; it had the bad records of a slice that has been appended, and the database refuses"
                                + " other rows of this slice now",
                        lost);
            }
        }
    }

    /** Returns the file with the bad records of a slice, read again; null if it cannot be read without appending it. */
    private @Nullable RejectsFile readAgain(RejectsFile rejects, int input, OptionalLong start) {
        if (!FileSlices.isOfCarefulRun(rejects)) {
            content.to(setting.load()::checkedRows);
            return slices.run(input, start).rejects();
        }
        content.to(setting.load()::rows);
        return setting.load()
                .rehearse(carefully -> read(input, start, carefully))
                .map(SliceResult::rejects)
                .orElse(null);
    }

    private LoadedPartial merge(Stage stage, int slice, Coverage covered) {
        List<SliceResult> staged = covered.results().stream()
                .filter(result -> result.partial() instanceof StagedPartial waiting && waiting.rows() > 0)
                .toList();
        List<Integer> partitions = stage.slices() == setting.partitions()
                ? List.of(slice - stage.first())
                : IntStream.range(0, setting.partitions()).boxed().toList();
        try {
            return setting.load()
                    .merge(
                            slice,
                            partitions,
                            staged.stream().map(SliceResult::start).toList(),
                            start -> staged.stream()
                                    .filter(result -> result.start() == start)
                                    .forEach(result -> map(result.slice(), OptionalLong.of(start))));
        } catch (ConflictingRowException bad) {
            throw new JobFailedException(ExitCode.BAD_INPUT, describe(bad), bad);
        }
    }

    private String describe(ConflictingRowException bad) {
        InputFile file = setting.slicing().files().get(InputPosition.file(bad.position()));
        try (ByteSource source = setting.storage().open(file)) {
            long line = LineCount.before(source, InputPosition.place(bad.position())) + 1;
            String key = String.join(", ", setting.spec().keyColumns());
            return new RejectedRecord(file.name(), line, key, bad.reason(), bad.key()).describe();
        } catch (IOException e) {
            throw InputCheck.unreadable(file, e);
        }
    }

    @Override
    public void cleanUp(Coverage committed) {
        setting.load().finish();
    }

    @Override
    public void close() {
        setting.load().close();
    }

    /** The rows of a slice. */
    static final class IngestContent implements SliceContent {
        private final RowReader reader;
        private final InputPosition position;
        private Supplier<RowConsumer> rows = () -> batch -> {};
        private long used;

        IngestContent(RowReader reader, InputPosition position) {
            this.reader = reader;
            this.position = position;
        }

        /** Sets the target of the rows that follow. */
        void to(Supplier<RowConsumer> target) {
            rows = target;
        }

        @Override
        public void begin(SliceName name) {
            used = 0;
        }

        @Override
        public RangeOutcome read(int file, FileRange range) {
            position.at(file);
            RangeOutcome outcome = reader.read(range, rows.get());
            used += outcome.rowsUsed();
            return outcome;
        }

        @Override
        public Partial finish() {
            return new StagedPartial(used);
        }

        @Override
        public Partial emptyPartial() {
            return new StagedPartial(0);
        }
    }
}
