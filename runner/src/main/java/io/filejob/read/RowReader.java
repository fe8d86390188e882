package io.filejob.read;

import java.io.IOException;
import java.util.List;

/**
 * Reads ranges of CSV inputs and hands their rows on, as {@link RangeReader} does with numbers. One instance serves one
 * thread and holds one buffer; not thread-safe.
 */
public final class RowReader {
    private static final int BUFFER_BYTES = 256 << 10;

    private final OnBad onBad;
    private final BadRecordSink sink;
    private final Window window;
    private final CsvScanner scanner;

    /** For the columns {@code wanted}: names, or {@code #} and a number from 1. */
    public RowReader(CsvDialect dialect, List<String> wanted, OnBad onBad, BadRecordSink sink) {
        this(dialect, wanted, onBad, sink, RangeReader.RECORD_LIMIT);
    }

    /** As above, but fails at records of more than {@code recordLimit} bytes. */
    public RowReader(CsvDialect dialect, List<String> wanted, OnBad onBad, BadRecordSink sink, int recordLimit) {
        this(dialect, wanted, onBad, sink, recordLimit, HeaderCheck.NONE);
    }

    /** As above, but asks {@code check} about headers, too. */
    public RowReader(
            CsvDialect dialect,
            List<String> wanted,
            OnBad onBad,
            BadRecordSink sink,
            int recordLimit,
            HeaderCheck check) {
        this(dialect, wanted, onBad, sink, new Window(BUFFER_BYTES, recordLimit), check);
    }

    /** With a window of its own choice. */
    RowReader(CsvDialect dialect, List<String> wanted, OnBad onBad, BadRecordSink sink, Window window) {
        this(dialect, wanted, onBad, sink, window, HeaderCheck.NONE);
    }

    private RowReader(
            CsvDialect dialect,
            List<String> wanted,
            OnBad onBad,
            BadRecordSink sink,
            Window window,
            HeaderCheck check) {
        this.onBad = onBad;
        this.sink = sink;
        this.window = window;
        this.scanner = new CsvScanner(new CsvHeaders(dialect, wanted, check), window, CsvScanner.FRAME_BYTES);
    }

    /**
     * Gives the range's well-formed rows to {@code rows}.
     *
     * @throws io.filejob.model.JobFailure if the input cannot be read, is not the one that was pinned, or lacks a column
     */
    public RangeOutcome read(FileRange range, Rows rows) {
        return RangeReader.read(range, window, new Tally(onBad, sink), tally -> scanner.read(range, tally, rows));
    }

    /** As {@link #columns}, but bytes that are not UTF-8 are replaced. */
    public List<String> header(ByteSource source) throws IOException {
        window.open(source);
        return scanner.header();
    }

    /** The names of {@code source}'s columns, their numbers where they have none; none if it has no text. */
    public List<String> columns(ByteSource source) throws IOException {
        window.open(source);
        return scanner.columns();
    }
}
