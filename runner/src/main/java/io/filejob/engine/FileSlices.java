package io.filejob.engine;

import io.filejob.csv.BadRecord;
import io.filejob.csv.ByteSource;
import io.filejob.csv.FileRange;
import io.filejob.csv.RangeOutcome;
import io.filejob.ledger.Partial;
import io.filejob.ledger.Rejection;
import io.filejob.ledger.RejectsFile;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.InputFile;
import io.filejob.status.Rejected;
import io.filejob.status.RowCounts;
import io.filejob.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads slices of the user's files, part by part. For one thread. */
public final class FileSlices {
    private static final String CAREFUL = "careful";

    private final FileSlicing slicing;
    private final Storage storage;
    private final WorkInProgress progress;
    private final SliceContent content;
    private final RejectLog rejects;
    private final SliceName name = new SliceName();

    /** Creates a reader of slices that passes their records to {@code content} and their bad records to {@code rejects}. */
    public FileSlices(FileSlicing slicing, OperationSetup setup, SliceContent content, RejectLog rejects) {
        this.slicing = slicing;
        this.storage = setup.storage();
        this.progress = setup.progress();
        this.content = content;
        this.rejects = rejects;
    }

    /** Processes slice {@code slice}; {@code start} is the position of its first record, if it is known. */
    public SliceResult run(int slice, OptionalLong start) {
        return run("slice", slice, start);
    }

    /**
     * Processes a slice as {@link #run} does, but with other file names, since the slice is processed again in a later
     * stage.
     */
    public SliceResult look(int slice, OptionalLong start) {
        return run("look", slice, start);
    }

    /**
     * Processes a slice as {@link #run} does, but with other file names, since it is read again in the same stage and more
     * of its records are rejected: another worker may read it for the first time meanwhile.
     */
    public SliceResult runCarefully(int slice, OptionalLong start) {
        return run(CAREFUL, slice, start);
    }

    /** Returns whether {@code file} was written by {@link #runCarefully}. */
    public static boolean isOfCarefulRun(RejectsFile file) {
        return file.name().startsWith(CAREFUL + "-");
    }

    private SliceResult run(String action, int slice, OptionalLong start) {
        name.begin(action, slice);
        content.begin(name);
        rejects.begin(name);
        FileTally tally = new FileTally(slicing.firstOwned(slice), start.isPresent());
        for (FileSlicing.Part part : slicing.parts(slice, start)) {
            InputFile file = slicing.files().get(part.file());
            name.in(slicing.position(part.file(), 0));
            rejects.in(part.file());
            try (ByteSource source = new WatchedSource(storage.open(file), progress, part.from())) {
                // The byte before the part shows whether a record ends there.
                source.expect(Math.max(0, part.from() - 1), part.to());
                RangeOutcome outcome =
                        content.read(part.file(), new FileRange(source, part.from(), part.to(), part.start()));
                source.checkUnchanged();
                tally.add(part, outcome, source);
            } catch (IOException e) {
                throw InputCheck.unreadable(file, e);
            }
            if (tally.failure != null) {
                break;
            }
        }
        return tally.result(slice);
    }

    /** Combines the outcomes of the parts of a slice. */
    private final class FileTally {
        private long start;
        private long end;
        /** Whether the caller gave the start, which is only as certain as the caller's knowledge. */
        private final boolean startGiven;

        /**
         * Whether the start is known for certain; it is for a slice without parts, which lies within a file that is not
         * splittable.
         */
        private boolean certain = true;

        private boolean first = true;
        private long lines;
        private long bytes;
        private RowCounts rows = RowCounts.NONE;
        private final List<Rejection> samples = new ArrayList<>();
        private @Nullable Rejection failure;

        FileTally(long begin, boolean startGiven) {
            this.start = begin;
            this.end = begin;
            this.startGiven = startGiven;
        }

        void add(FileSlicing.Part part, RangeOutcome outcome, ByteSource source) throws IOException {
            long partStart = slicing.position(part.file(), outcome.start());
            if (first) {
                first = false;
                start = partStart;
                certain = outcome.startCertain() && !startGiven;
            }
            if (outcome.failure() != null) {
                failure = failure(part, outcome.start(), outcome.failure(), source);
                return;
            }
            if (outcome.end() > outcome.start()) {
                lines = outcome.lines();
            }
            end = slicing.endPosition(part.file(), outcome.end());
            bytes += end - partStart;
            rows = rows.plus(new RowCounts(outcome.rowsIn(), outcome.rowsUsed(), outcome.rowsRejected()));
            for (BadRecord sample : outcome.samples()) {
                if (samples.size() < Rejected.MAX_SAMPLES) {
                    samples.add(rejection(part, sample, sample.line(), false));
                }
            }
        }

        /** Determines the true line of a certain failure at once, since the preceding slices may never be processed. */
        private Rejection failure(FileSlicing.Part part, long rangeStart, BadRecord bad, ByteSource source)
                throws IOException {
            return certain
                    ? rejection(part, bad, LineCount.before(source, rangeStart) + bad.line(), true)
                    : rejection(part, bad, bad.line(), false);
        }

        private Rejection rejection(FileSlicing.Part part, BadRecord bad, long line, boolean absolute) {
            return new Rejection(part.file(), line, absolute, bad.column(), bad.reason(), bad.text());
        }

        SliceResult result(int slice) {
            boolean failed = failure != null;
            RejectsFile rejected = failed ? null : rejects.finish();
            Partial partial = failed ? content.emptyPartial() : content.finish();
            return SliceResult.builder(slice, start, failed ? start : end, partial)
                    .certain(certain)
                    .lines(lines)
                    .bytes(bytes)
                    .rows(rows)
                    .samples(samples)
                    .failure(failure)
                    .rejects(rejected)
                    .build();
        }
    }
}
