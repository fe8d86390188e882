package io.filejob.op;

import io.filejob.job.AveragePartial;
import io.filejob.job.Coverage;
import io.filejob.job.Partial;
import io.filejob.job.SliceResult;
import io.filejob.job.Stage;
import io.filejob.read.DecimalSum;
import io.filejob.read.FileRange;
import io.filejob.read.RangeOutcome;
import io.filejob.read.RangeReader;
import java.util.OptionalLong;

/** Averages a column, or the lines, of the user's files. */
final class FileAverage implements SliceWork {
    private final FileSlices slices;
    private final Publication publication;

    FileAverage(FileSlices slices, Publication publication) {
        this.slices = slices;
        this.publication = publication;
    }

    @Override
    public SliceResult run(int slice, OptionalLong start) {
        return slices.run(slice, start);
    }

    @Override
    public SliceResult later(Stage stage, int slice, Coverage covered) {
        return publication.average(slice, covered);
    }

    @Override
    public void close() {
        // There is nothing to release but memory.
    }

    /** Sums up the numbers of a slice. */
    static final class Content implements SliceContent {
        private final RangeReader reader;
        private final DecimalSum sum = new DecimalSum();

        Content(RangeReader reader) {
            this.reader = reader;
        }

        @Override
        public void begin(SliceName name) {
            sum.reset();
        }

        @Override
        public RangeOutcome read(int file, FileRange range) {
            return reader.read(range, sum);
        }

        @Override
        public Partial finish() {
            return new AveragePartial(sum.total().toString(), sum.count());
        }

        @Override
        public Partial emptyPartial() {
            return new AveragePartial("0", 0);
        }
    }
}
