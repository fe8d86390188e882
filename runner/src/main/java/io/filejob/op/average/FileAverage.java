package io.filejob.op.average;

import io.filejob.job.AveragePartial;
import io.filejob.job.Coverage;
import io.filejob.job.Partial;
import io.filejob.job.SliceResult;
import io.filejob.op.FileSlices;
import io.filejob.op.Publication;
import io.filejob.op.SliceContent;
import io.filejob.op.SliceName;
import io.filejob.op.SliceWork;
import io.filejob.operation.average.Average;
import io.filejob.read.DecimalSum;
import io.filejob.read.FileRange;
import io.filejob.read.RangeOutcome;
import io.filejob.read.RangeReader;
import java.nio.charset.StandardCharsets;
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
    public SliceResult map(int slice, OptionalLong start) {
        return slices.run(slice, start);
    }

    @Override
    public SliceResult publish(int slice, Coverage covered) {
        return publish(publication, slice, covered);
    }

    /** Publishes the mean of the sums of all slices. */
    static SliceResult publish(Publication publication, int slice, Coverage covered) {
        Average average = Average.of(covered.partials(covered.plan().stages().getFirst(), AveragePartial.class));
        return publication.publish(slice, covered, (output, files) -> {
            byte[] content = average.csv(output.header()).getBytes(StandardCharsets.UTF_8);
            files.begin();
            files.write(content, 0, content.length);
            return Publication.Written.UNCOUNTED;
        });
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
