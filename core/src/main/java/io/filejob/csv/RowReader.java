package io.filejob.csv;

import java.io.IOException;
import java.util.List;

/**
 * Reads ranges of CSV inputs and passes their rows on, with the guarantees of {@link RangeReader}. An instance serves
 * one thread and holds one buffer; not thread-safe.
 */
public final class RowReader {
    private static final int BUFFER_BYTES = 256 << 10;

    private final OnBad onBad;
    private final BadRecordSink sink;
    private final Window window;
    private final PlainText text;
    private final CsvScanner scanner;

    /** Creates a reader of the columns {@code wanted}, each given by its name or as {@code #} and a number from 1. */
    public RowReader(CsvDialect dialect, List<String> wanted, OnBad onBad, BadRecordSink sink) {
        this(dialect, wanted, onBad, sink, RangeReader.RECORD_LIMIT);
    }

    /** Creates a reader that fails at records of more than {@code recordLimit} bytes. */
    public RowReader(CsvDialect dialect, List<String> wanted, OnBad onBad, BadRecordSink sink, int recordLimit) {
        this(dialect, wanted, onBad, sink, recordLimit, HeaderCheck.NONE, FieldSyntax.NONE);
    }

    /**
     * Creates a reader that also has headers checked by {@code check}; {@code fields} are the columns whose fields are
     * converted.
     */
    public RowReader(
            CsvDialect dialect,
            List<String> wanted,
            OnBad onBad,
            BadRecordSink sink,
            int recordLimit,
            HeaderCheck check,
            FieldSyntax fields) {
        this(new CsvHeaders(dialect, wanted, check), onBad, sink, new Window(BUFFER_BYTES, recordLimit), fields);
    }

    /** Creates a reader that uses the given window. */
    RowReader(CsvDialect dialect, List<String> wanted, OnBad onBad, BadRecordSink sink, Window window) {
        this(new CsvHeaders(dialect, wanted, HeaderCheck.NONE), onBad, sink, window, FieldSyntax.NONE);
    }

    /** Creates a reader of all columns of each file, in their order, which fails at records of more than {@code recordLimit} bytes. */
    public static RowReader ofAllColumns(CsvDialect dialect, OnBad onBad, BadRecordSink sink, int recordLimit) {
        return new RowReader(
                CsvHeaders.ofAll(dialect), onBad, sink, new Window(BUFFER_BYTES, recordLimit), FieldSyntax.NONE);
    }

    private RowReader(CsvHeaders headers, OnBad onBad, BadRecordSink sink, Window window, FieldSyntax fields) {
        this.onBad = onBad;
        this.sink = sink;
        this.window = window;
        this.text = new PlainText(headers.dialect().leniency());
        this.scanner = new CsvScanner(headers, window, CsvScanner.FRAME_BYTES, fields);
    }

    /**
     * Passes the range's well-formed rows to {@code rows}.
     *
     * @throws io.filejob.failure.JobFailedException if the input cannot be read, has changed since it was pinned, or lacks a
     *     column
     */
    public RangeOutcome read(FileRange range, RowConsumer rows) {
        return RangeReader.read(
                range, text, window, new Tally(onBad, sink), (plain, tally) -> scanner.read(plain, tally, rows));
    }

    /** Like {@link #columns}, but replaces bytes that are not valid UTF-8. */
    public List<String> header(ByteSource source) throws IOException {
        window.open(text.of(source));
        return scanner.header();
    }

    /**
     * Returns the names of {@code source}'s columns, their numbers if they have no names; empty if the source has no
     * text.
     */
    public List<String> columns(ByteSource source) throws IOException {
        window.open(text.of(source));
        return scanner.columns();
    }
}
