package io.filejob.read;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.io.IOException;

/**
 * Reads ranges of files and adds up their numbers. The same rows, sums and bad records come out wherever a file is cut
 * into ranges, once each range starts where the one before it ends. One instance serves one thread and holds one
 * buffer; not thread-safe.
 */
public final class RangeReader {
    /** Longest record in bytes; a longer one fails the reading. */
    public static final int RECORD_LIMIT = 16 << 20;

    private static final int BUFFER_BYTES = 512 << 10;

    private final OnBad onBad;
    private final Window window;
    private final Scan scan;

    public RangeReader(TextFormat format, OnBad onBad) {
        this(format, onBad, BUFFER_BYTES);
    }

    /** With a buffer of so many bytes to begin with. */
    RangeReader(TextFormat format, OnBad onBad, int bufferBytes) {
        this.onBad = onBad;
        this.window = new Window(bufferBytes);
        this.scan = switch (format) {
            case TextFormat.Lines lines -> (range, tally, sum) -> new LinesScanner(window, tally, sum).read(range);
            case TextFormat.Csv csv -> {
                CsvHeaders headers = new CsvHeaders(csv);
                CsvIndex index = new CsvIndex(csv);
                yield (range, tally, sum) -> new CsvScanner(headers, index, window, tally, sum).read(range);
            }
        };
    }

    private interface Scan {
        RangeOutcome read(FileRange range, Tally tally, DecimalSum sum) throws IOException;
    }

    /**
     * Adds the numbers of the range's good rows to {@code sum}, whose content is undefined after a failure.
     *
     * @throws JobFailure if the input cannot be read, is not the one that was pinned, or has no such column
     */
    public RangeOutcome read(FileRange range, DecimalSum sum) {
        if (range.start().isPresent() && range.start().getAsLong() >= range.to() && range.from() > 0) {
            long start = range.start().getAsLong();
            return new Tally(onBad).outcome(start, start, true);
        }
        try {
            window.open(range.source());
            return scan.read(range, new Tally(onBad), sum);
        } catch (IOException e) {
            throw new JobFailure(ExitCode.NO_INPUT, range.source().name() + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
