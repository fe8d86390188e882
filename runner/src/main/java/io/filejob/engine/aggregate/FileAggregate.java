package io.filejob.engine.aggregate;

import io.filejob.aggregate.GroupResults;
import io.filejob.aggregate.Grouper;
import io.filejob.coverage.Coverage;
import io.filejob.csv.FileRange;
import io.filejob.csv.RangeOutcome;
import io.filejob.csv.RowConsumer;
import io.filejob.csv.RowReader;
import io.filejob.engine.FileSlices;
import io.filejob.engine.SliceContent;
import io.filejob.engine.SliceName;
import io.filejob.engine.SliceWork;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import io.filejob.group.GroupSchema;
import io.filejob.ledger.GroupsPartial;
import io.filejob.ledger.InlineGroups;
import io.filejob.ledger.Partial;
import io.filejob.ledger.ReducedPartial;
import io.filejob.ledger.SliceResult;
import io.filejob.output.RowOutput;
import io.filejob.plan.Stage;
import io.filejob.spill.RunSource;
import io.filejob.spill.SpillBuffers;
import io.filejob.spill.SpillSink;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Aggregates the rows of the user's files by key. */
final class FileAggregate implements SliceWork {
    private final AggregateSetting setting;
    private final Supplier<FileSlices> reading;
    private final GroupPublication publication;
    /** Reader of the input; null in later stages, which need the memory for other purposes. */
    private @Nullable FileSlices slices;

    private SpillBuffers buffers = new SpillBuffers();

    /**
     * Settings of an aggregation.
     *
     * @param schema the columns and aggregates to compute
     * @param memory maximum size in bytes of the groups in memory
     * @param partials the folder of runs; null if there is none
     * @param attempt names the writing attempt
     * @param output whether the rows are written to a file
     */
    record AggregateSetting(
            GroupSchema schema, long memory, @Nullable Folder partials, String attempt, boolean output) {
        Folder folder() {
            if (partials == null) {
                throw new JobFailedException(
                        FailureReason.PARTIAL_TOO_LARGE,
                        "the groups of a slice do not fit a ledger: name a place for them in" + " spec.store");
            }
            return partials;
        }
    }

    /** Creates the work; {@code reading} creates the reader when the first slice of the input is processed. */
    FileAggregate(AggregateSetting setting, Supplier<FileSlices> reading, GroupPublication publication) {
        this.setting = setting;
        this.reading = reading;
        this.publication = publication;
    }

    @Override
    public SliceResult map(int slice, OptionalLong start) {
        if (slices == null) {
            buffers = new SpillBuffers();
            slices = reading.get();
        }
        return slices.run(slice, start);
    }

    @Override
    public SliceResult reduce(Stage stage, int slice, Coverage covered) {
        return SliceResult.later(
                slice, reduce(slice - stage.first(), stage.slices(), results(covered), covered.basis(stage)));
    }

    @Override
    public SliceResult publish(int slice, Coverage covered) {
        return publication.publish(slice, covered, results(covered));
    }

    private GroupResults results(Coverage covered) {
        slices = null;
        List<GroupsPartial> partials = covered.partials(covered.plan().stages().getFirst(), GroupsPartial.class);
        return new GroupResults(setting.schema(), partials);
    }

    private ReducedPartial reduce(int range, int ranges, GroupResults results, String basis) {
        boolean ranked = setting.schema().spec().top() != null;
        if (!setting.output()) {
            RowOutput out = RowOutput.csv(null);
            results.write(runs(), range, ranges, out);
            if (ranked && out.isCut()) {
                throw new JobFailedException(
                        ExitCode.BAD_INPUT,
                        "spec.operation.aggregate.top: a row has more than " + RowOutput.MAX_SHOWN
                                + " characters, and the rows of large results are ranked without a file only if they are"
                                + " shorter; add spec.output");
            }
            return new ReducedPartial(null, 0, 0, out.rows(), out.first(), basis);
        }
        String name = "range-" + range;
        try (PendingFile file = setting.folder().create(name, setting.attempt())) {
            RowOutput out = ranked ? RowOutput.packed(file::write) : RowOutput.csv(file::write);
            results.write(runs(), range, ranges, out);
            file.commit();
            return new ReducedPartial(name, out.bytes(), out.checksum(), out.rows(), out.first(), basis);
        }
    }

    private RunSource runs() {
        return new RunSource(setting.folder(), setting.attempt(), buffers, setting.memory());
    }

    @Override
    public void cleanUp(Coverage committed) {
        if (setting.partials() != null) {
            setting.partials().list().forEach(entry -> setting.partials().delete(entry.name()));
        }
    }

    /** The groups of a slice. */
    static final class AggregateContent implements SliceContent, SpillSink {
        private final AggregateSetting setting;
        private final Grouper grouper;
        private final RowReader reader;
        private RowConsumer rows;
        private SliceName name = new SliceName();

        AggregateContent(AggregateSetting setting, RowReader reader, int inlineLimit) {
            this.setting = setting;
            this.grouper = new Grouper(setting.schema(), setting.memory(), inlineLimit);
            this.reader = reader;
            this.rows = grouper;
        }

        @Override
        public void begin(SliceName sliceName) {
            name = sliceName;
            rows = grouper.begin(this);
        }

        @Override
        public RangeOutcome read(int file, FileRange range) {
            grouper.position().at(file);
            return reader.read(range, rows);
        }

        @Override
        public Partial finish() {
            return grouper.finish();
        }

        @Override
        public Partial emptyPartial() {
            grouper.giveUp();
            return new GroupsPartial(InlineGroups.NONE, List.of());
        }

        @Override
        public String name() {
            return name.text() + "-runs";
        }

        @Override
        public PendingFile create() {
            return setting.folder().create(name(), setting.attempt());
        }
    }
}
