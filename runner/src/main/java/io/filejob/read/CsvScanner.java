package io.filejob.read;

import io.filejob.read.CsvRecord.Extent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads ranges of CSV files. */
final class CsvScanner {
    static final String TOO_LONG =
            "record longer than " + (RangeReader.RECORD_LIMIT >> 20) + " MiB: is a quote opened here and never closed?";

    /** After something odd, so many records at most are read one by one before the index is tried again. */
    private static final int DETOUR_LIMIT = 64;

    private final TextFormat.Csv format;
    private final CsvHeaders headers;
    private final CsvIndex index;
    private final Window window;
    private final Tally tally;
    private final DecimalSum sum;

    CsvScanner(CsvHeaders headers, CsvIndex index, Window window, Tally tally, DecimalSum sum) {
        this.format = headers.format();
        this.headers = headers;
        this.index = index;
        this.window = window;
        this.tally = tally;
        this.sum = sum;
    }

    RangeOutcome read(FileRange range) throws IOException {
        long to = range.to();
        CsvHeaders.Header header = headers.of(window, range.from() == 0 ? to : 0);
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
        boolean indexable = index.prepare(header.columns(), header.column());
        int detour = 1;
        while (!tally.failed() && window.base + p < to) {
            if (indexable) {
                int from = p;
                int known = (int) Math.min(window.end, to - window.base);
                // No farther than the longest record, so that a longer one is not taken for whole.
                p = indexed(p, Math.min(known, p + RangeReader.RECORD_LIMIT), header, record);
                detour = p > from ? 1 : Math.min(2 * detour, DETOUR_LIMIT);
            }
            for (int i = 0; i < detour && !tally.failed() && window.base + p < to; i++) {
                p = record(p, to, header, record);
            }
        }
        return tally.outcome(start, window.base + p, certain);
    }

    /** Reads what can be indexed of the records in {@code bytes[from, to)}; where the first other one starts. */
    private int indexed(int from, int to, CsvHeaders.Header header, CsvRecord record) {
        byte[] bytes = window.bytes;
        index.find(bytes, from, to);
        PlainFields fields = new PlainFields(index, sum);
        long linesBefore = tally.lines;
        int start = from;
        int reached = 0;
        for (int i = 0; i < index.records && !tally.failed(); i++) {
            long counted = sum.count();
            i = fields.add(bytes, i);
            tally.used += sum.count() - counted;
            boolean blank = i < index.records && header.columns() == 1 && index.begins[i] == index.ends[i];
            if (i == index.records || blank) {
                continue;
            }
            @Nullable String reason = number(index.begins[i], index.ends[i]);
            if (reason != null && tally.reject()) {
                int at = start;
                for (; reached <= i; reached++) {
                    at = start;
                    record.read(bytes, at, to, true);
                    start = record.next;
                }
                tally.lines = linesBefore + LineBreaks.count(bytes, from, at);
                sampleField(at, record, reason);
            }
        }
        tally.lines = linesBefore + index.lines;
        return index.next;
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
        reason = number(record.valueFrom, record.valueTo);
        if (reason != null && tally.reject()) {
            sampleField(from, record, reason);
        }
    }

    /** Adds the field {@code bytes[from, to)}; null if that went well, else why not. */
    private @Nullable String number(int from, int to) {
        byte[] bytes = window.bytes;
        int quotes = format.quote() != 0 && from < to && bytes[from] == format.quote() ? 1 : 0;
        String reason = sum.addOrReason(bytes, from + quotes, to - quotes);
        if (reason == null) {
            tally.used++;
        }
        return reason;
    }

    private void sampleField(int at, CsvRecord record, String reason) {
        String field = CsvHeaders.unquoted(window.bytes, record.valueFrom, record.valueTo, format.quote());
        tally.sample(new BadRecord(window.base + at, tally.lines + 1, format.column(), reason, Tally.cut(field)));
    }
}
