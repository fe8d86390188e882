package io.filejob.read;

import io.filejob.read.CsvRecord.Extent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads ranges of CSV files. */
final class CsvScanner {
    static final String TOO_LONG =
            "record longer than " + (RangeReader.RECORD_LIMIT >> 20) + " MiB: is a quote opened here and never closed?";

    private final TextFormat.Csv format;
    private final CsvHeaders headers;
    private final Window window;
    private final Tally tally;
    private final DecimalSum sum;

    CsvScanner(TextFormat.Csv format, CsvHeaders headers, Window window, Tally tally, DecimalSum sum) {
        this.format = format;
        this.headers = headers;
        this.window = window;
        this.tally = tally;
        this.sum = sum;
    }

    RangeOutcome read(FileRange range) throws IOException {
        long to = range.to();
        CsvHeaders.Header header = headers.of(window, format, range.from() == 0 ? to : 0);
        CsvRecord record = new CsvRecord(format, header.column());
        boolean certain = true;
        long first;
        if (range.from() <= header.end()) {
            first = header.end();
        } else if (range.start().isPresent()) {
            first = range.start().getAsLong();
        } else if (format.quote() == 0) {
            first = LineStart.find(window, range.from(), to);
        } else {
            first = new StartGuess(format, window, record, header.columns()).find(range.from(), to);
            certain = false;
        }
        if (range.from() == 0 && to > 0) {
            tally.lines = header.lines();
        }
        long start = range.from() == 0 ? 0 : first;
        if (first >= to) {
            return tally.outcome(start, to == 0 ? 0 : first, certain);
        }
        int p = window.seek(first);
        while (!tally.failed() && window.base + p < to) {
            p = record(p, to, header, record);
        }
        return tally.outcome(start, window.base + p, certain);
    }

    /** Reads the record at {@code from}, which the window may hold in part. */
    private int record(int from, long to, CsvHeaders.Header header, CsvRecord record) throws IOException {
        int p = from;
        Extent extent = record.read(window.bytes, p, window.end, window.atEndOfFile());
        while (extent == Extent.CUT_OFF && window.end - p <= RangeReader.RECORD_LIMIT) {
            window.more(p, to);
            p = 0;
            extent = record.read(window.bytes, p, window.end, window.atEndOfFile());
        }
        byte[] bytes = window.bytes;
        int end = extent == Extent.WHOLE ? record.end : window.end;
        if (end - p > RangeReader.RECORD_LIMIT || extent != Extent.WHOLE) {
            String reason = extent == Extent.UNCLOSED && end - p <= RangeReader.RECORD_LIMIT
                    ? "quote opened here is never closed"
                    : TOO_LONG;
            int opened = Math.max(p, record.quoteOpened);
            long line = tally.lines + LineBreaks.count(bytes, p, opened) + 1;
            tally.fail(new BadRecord(window.base + p, line, null, reason, Tally.text(bytes, p, end)));
            return p;
        }
        if (end > p) {
            row(p, header, record);
        }
        tally.lines += record.lines(bytes, p);
        return record.next;
    }

    private void row(int from, CsvHeaders.Header header, CsvRecord record) {
        byte[] bytes = window.bytes;
        @Nullable String reason = record.malformed;
        if (reason == null && record.fields != header.columns()) {
            reason = "has " + record.fields + (record.fields == 1 ? " field" : " fields") + ", the header has "
                    + header.columns();
        }
        if (reason != null) {
            if (tally.reject()) {
                String text = Tally.text(bytes, from, record.end);
                tally.sample(new BadRecord(window.base + from, tally.lines + 1, null, reason, text));
            }
            return;
        }
        boolean quoted =
                format.quote() != 0 && record.valueFrom < record.valueTo && bytes[record.valueFrom] == format.quote();
        int quotes = quoted ? 1 : 0;
        reason = sum.addOrReason(bytes, record.valueFrom + quotes, record.valueTo - quotes);
        if (reason == null) {
            tally.used++;
        } else if (tally.reject()) {
            String text = Tally.cut(CsvHeaders.unquoted(bytes, record.valueFrom, record.valueTo, format.quote()));
            tally.sample(new BadRecord(window.base + from, tally.lines + 1, format.column(), reason, text));
        }
    }
}
