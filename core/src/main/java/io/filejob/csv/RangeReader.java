package io.filejob.csv;

import io.filejob.api.FileJobSpec;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.numeric.DecimalSum;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Reads ranges of inputs and adds up their numbers. The rows, sums and bad records are the same for every division of
 * an input into ranges, provided that each range starts where the previous one ends. An instance serves one thread and
 * holds one buffer; not thread-safe.
 */
public final class RangeReader {
    /** Default limit for the length of a record in bytes; reading fails at a longer record. */
    public static final int RECORD_LIMIT = FileJobSpec.MAX_RECORD;

    private static final int BUFFER_BYTES = 512 << 10;

    private final OnBad onBad;
    private final BadRecordSink sink;
    private final Window window;
    private final PlainText text;
    private final Scan scan;

    /** Creates a reader that treats bad records as {@code onBad} says. */
    public RangeReader(TextFormat format, OnBad onBad) {
        this(format, onBad, BadRecordSink.NONE);
    }

    /** Creates a reader that passes all bad records to {@code sink}. */
    public RangeReader(TextFormat format, OnBad onBad, BadRecordSink sink) {
        this(format, onBad, sink, RECORD_LIMIT);
    }

    /** Creates a reader that fails at records of more than {@code recordLimit} bytes. */
    public RangeReader(TextFormat format, OnBad onBad, BadRecordSink sink, int recordLimit) {
        this(format, onBad, sink, recordLimit, HeaderCheck.NONE);
    }

    /** Creates a reader that also has headers checked by {@code check}. */
    public RangeReader(TextFormat format, OnBad onBad, BadRecordSink sink, int recordLimit, HeaderCheck check) {
        this(format, onBad, sink, new Window(BUFFER_BYTES, recordLimit), CsvScanner.FRAME_BYTES, check);
    }

    /**
     * Creates a reader with a buffer of initially {@code bufferBytes} bytes and CSV frames of {@code frameBytes} bytes.
     */
    RangeReader(TextFormat format, OnBad onBad, BadRecordSink sink, int bufferBytes, int frameBytes) {
        this(format, onBad, sink, new Window(bufferBytes, RECORD_LIMIT), frameBytes, HeaderCheck.NONE);
    }

    private RangeReader(
            TextFormat format, OnBad onBad, BadRecordSink sink, Window window, int frameBytes, HeaderCheck check) {
        this.onBad = onBad;
        this.sink = sink;
        this.window = window;
        this.text = new PlainText(
                format instanceof TextFormat.Csv csv ? csv.dialect().leniency() : Leniency.NONE);
        this.scan = switch (format) {
            case TextFormat.Lines _ -> (range, tally, sum) -> new LinesScanner(window, tally, sum).read(range);
            case TextFormat.Csv csv -> {
                CsvScanner scanner = new CsvScanner(
                        new CsvHeaders(csv.dialect(), List.of(csv.column()), check),
                        window,
                        frameBytes,
                        FieldSyntax.ofNumbers(Set.of(0)));
                yield (range, tally, sum) -> scanner.read(range, tally, new ColumnSum(csv.dialect(), sum));
            }
        };
    }

    private interface Scan {
        RangeOutcome read(FileRange range, Tally tally, DecimalSum sum) throws IOException;
    }

    /**
     * Adds the numbers of the range's good rows to {@code sum}; its content is undefined after a failure.
     *
     * @throws JobFailedException if the input cannot be read, has changed since it was pinned, or lacks the column
     */
    public RangeOutcome read(FileRange range, DecimalSum sum) {
        return read(range, text, window, new Tally(onBad, sink), (plain, tally) -> scan.read(plain, tally, sum));
    }

    /** Reads a range through an opened window. */
    interface WindowReader {
        RangeOutcome read(FileRange range, Tally tally) throws IOException;
    }

    static RangeOutcome read(FileRange range, PlainText text, Window window, Tally tally, WindowReader reading) {
        if (range.start().isPresent() && range.start().getAsLong() >= range.to() && range.from() > 0) {
            long start = range.start().getAsLong();
            tally.start(start);
            return tally.outcome(start, start, true);
        }
        long begun = System.nanoTime();
        long readBefore = window.readNanos();
        try {
            return text.read(range, plain -> {
                window.open(plain.source());
                plain.source().expect(plain.start().orElse(plain.from()), plain.to());
                return reading.read(plain, tally);
            });
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_INPUT, range.source().name() + ": cannot be read: " + e.getMessage(), e);
        } finally {
            tally.times.count(System.nanoTime() - begun - (window.readNanos() - readBefore));
        }
    }
}
