package io.filejob.engine.average;

import io.filejob.coverage.Coverage;
import io.filejob.csv.FileRange;
import io.filejob.csv.RangeOutcome;
import io.filejob.csv.RangeReader;
import io.filejob.engine.FileSlices;
import io.filejob.engine.Publication;
import io.filejob.engine.SliceContent;
import io.filejob.engine.SliceName;
import io.filejob.engine.SliceWork;
import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.Partial;
import io.filejob.ledger.SliceResult;
import io.filejob.numeric.DecimalSum;
import io.filejob.operation.average.Average;
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
    static final class AverageContent implements SliceContent {
        private final RangeReader reader;
        private final DecimalSum sum = new DecimalSum();

        AverageContent(RangeReader reader) {
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
