package io.filejob.op;

import io.filejob.job.AveragePartial;
import io.filejob.job.FileSlicing;
import io.filejob.job.InputFile;
import io.filejob.job.Rejection;
import io.filejob.job.SliceResult;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.model.Rejected;
import io.filejob.model.RowCounts;
import io.filejob.read.BadRecord;
import io.filejob.read.ByteSource;
import io.filejob.read.DecimalSum;
import io.filejob.read.FileRange;
import io.filejob.read.OnBad;
import io.filejob.read.RangeOutcome;
import io.filejob.read.RangeReader;
import io.filejob.read.TextFormat;
import io.filejob.storage.IoReason;
import io.filejob.storage.Places;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Averages a column, or the lines, of the user's files. */
final class FileAverage implements SliceWork {
    private final FileSlicing slicing;
    private final Places places;
    private final RangeReader reader;
    private final DecimalSum sum = new DecimalSum();

    FileAverage(FileSlicing slicing, Places places, TextFormat format, OnBad onBad) {
        this.places = places;
        this.slicing = slicing;
        this.reader = new RangeReader(format, onBad);
    }

    @Override
    public SliceResult run(int slice, OptionalLong start) {
        sum.reset();
        Tally tally = new Tally(slicing.firstOwned(slice), start.isPresent());
        for (FileSlicing.Part part : slicing.parts(slice, start)) {
            InputFile file = slicing.files().get(part.file());
            try (ByteSource source = places.open(file)) {
                // From one byte before, which says whether a record ends there.
                source.expect(Math.max(0, part.from() - 1), part.to());
                RangeOutcome outcome = reader.read(new FileRange(source, part.from(), part.to(), part.start()), sum);
                source.checkUnchanged();
                tally.add(part, outcome, source);
            } catch (IOException e) {
                throw new JobFailure(
                        ExitCode.NO_INPUT, "input " + file.name() + " cannot be read: " + IoReason.of(e), e);
            }
            if (tally.failure != null) {
                break;
            }
        }
        return tally.result(slice);
    }

    @Override
    public void close() {
        // It holds memory only.
    }

    /** What the parts of a slice come to. */
    private final class Tally {
        private long start;
        private long end;
        /** Where the start was asked for, it is as right as what the one who asked knew. */
        private final boolean startGiven;

        /** A slice without parts is inside of a file that is not splittable. */
        private boolean certain = true;

        private boolean first = true;
        private long lines;
        private long bytes;
        private RowCounts rows = RowCounts.NONE;
        private final List<Rejection> samples = new ArrayList<>();
        private @Nullable Rejection failure;

        Tally(long begin, boolean startGiven) {
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
            end = slicing.position(part.file(), outcome.end());
            bytes += end - partStart;
            rows = rows.plus(new RowCounts(outcome.rowsIn(), outcome.rowsUsed(), outcome.rowsRejected()));
            for (BadRecord sample : outcome.samples()) {
                if (samples.size() < Rejected.MAX_SAMPLES) {
                    samples.add(rejection(part, sample, sample.line(), false));
                }
            }
        }

        /** Names the true line of a failure at once, where it is certain to be one: nobody may come to count later. */
        private Rejection failure(FileSlicing.Part part, long rangeStart, BadRecord bad, ByteSource source)
                throws IOException {
            if (!certain) {
                return rejection(part, bad, bad.line(), false);
            }
            return rejection(part, bad, LineCount.before(source, rangeStart) + bad.line(), true);
        }

        private Rejection rejection(FileSlicing.Part part, BadRecord bad, long line, boolean absolute) {
            return new Rejection(part.file(), line, absolute, bad.column(), bad.reason(), bad.text());
        }

        SliceResult result(int slice) {
            return new SliceResult(
                    slice,
                    start,
                    failure == null ? end : start,
                    certain,
                    lines,
                    bytes,
                    rows,
                    samples,
                    failure,
                    new AveragePartial(sum.total().toString(), sum.count()));
        }
    }
}
