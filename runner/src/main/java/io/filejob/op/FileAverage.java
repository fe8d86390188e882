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
import io.filejob.read.DecimalSum;
import io.filejob.read.FileRange;
import io.filejob.read.OnBad;
import io.filejob.read.RangeOutcome;
import io.filejob.read.RangeReader;
import io.filejob.read.TextFormat;
import io.filejob.storage.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Averages a column, or the lines, of the user's files. */
final class FileAverage implements SliceWork {
    private final FileSlicing slicing;
    private final RangeReader reader;
    private final DecimalSum sum = new DecimalSum();

    FileAverage(FileSlicing slicing, TextFormat format, OnBad onBad) {
        this.slicing = slicing;
        this.reader = new RangeReader(format, onBad);
    }

    @Override
    public SliceResult run(int slice, OptionalLong start) {
        sum.reset();
        Tally tally = new Tally(slicing.begin(slice), start.isPresent());
        for (FileSlicing.Part part : slicing.parts(slice, start)) {
            InputFile file = slicing.files().get(part.file());
            RangeOutcome outcome =
                    reader.read(new FileRange(file.path(), file.size(), part.from(), part.to(), part.start()), sum);
            checkUnchanged(file);
            tally.add(part, outcome);
            if (tally.failure != null) {
                break;
            }
        }
        return tally.result(slice);
    }

    private static void checkUnchanged(InputFile file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file.path(), BasicFileAttributes.class);
            if (now.size() != file.size() || now.lastModifiedTime().to(TimeUnit.NANOSECONDS) != file.modified()) {
                throw new JobFailure(
                        ExitCode.BAD_INPUT,
                        "InputChanged: " + file.path() + " was changed while it was read: run the job again when nobody"
                                + " writes to it");
            }
        } catch (IOException e) {
            throw new JobFailure(
                    ExitCode.NO_INPUT, "input " + file.path() + " cannot be read any more: " + IoReason.of(e), e);
        }
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

        private boolean certain;
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

        void add(FileSlicing.Part part, RangeOutcome outcome) {
            long fileBegin = slicing.fileBegin(part.file());
            if (first) {
                first = false;
                start = fileBegin + outcome.start();
                certain = outcome.startCertain() && !startGiven;
            }
            if (outcome.failure() != null) {
                failure = failure(part, outcome.start(), outcome.failure());
                return;
            }
            if (outcome.end() > outcome.start()) {
                lines = outcome.lines();
            }
            end = fileBegin + outcome.end();
            bytes += outcome.end() - outcome.start();
            rows = rows.plus(new RowCounts(outcome.rowsIn(), outcome.rowsUsed(), outcome.rowsRejected()));
            for (BadRecord sample : outcome.samples()) {
                if (samples.size() < Rejected.MAX_SAMPLES) {
                    samples.add(rejection(part, sample, sample.line(), false));
                }
            }
        }

        /** Names the true line of a failure at once, where it is certain to be one: nobody may come to count later. */
        private Rejection failure(FileSlicing.Part part, long rangeStart, BadRecord bad) {
            if (!certain) {
                return rejection(part, bad, bad.line(), false);
            }
            InputFile file = slicing.files().get(part.file());
            return rejection(part, bad, LineCount.before(file.path(), rangeStart) + bad.line(), true);
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
