package io.filejob.csv;

import io.filejob.csv.CsvRecord.Extent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads ranges of CSV files and passes their rows on. An instance serves one file format and one thread. */
final class CsvScanner {
    /**
     * After a record that the index cannot handle, at most this many records are read singly before the index is tried
     * again.
     */
    private static final int MAX_DETOUR = 64;
    /** A shorter run of simple records does not count as a success of the fast path. */
    private static final int WORTHWHILE = 8;
    /**
     * After a failure of the fast path, this many bytes are read without it, twice as many after each further failure.
     */
    private static final int MIN_BYTES = 256;

    private static final int MAX_BYTES = 64 << 10;
    /** Ctrl-Z, with which some programs end a file; it is not a part of the text. */
    private static final byte END_OF_FILE = 0x1A;
    /**
     * Records are read in frames of this many bytes, counted from the start of the range. A frame is loaded completely
     * before anything in it is read, so that the rows fall into the same batches and take the same paths for every
     * buffer size.
     */
    static final int FRAME_BYTES = (256 << 10) - 2 * FastPath.REACH;

    private final int frameBytes;
    private final CsvDialect dialect;
    private final CsvHeaders headers;
    private final Rejections rejections = new Rejections();
    private final CsvIndex index;
    private final Batch single = new Batch(rejections);
    private final CsvRecord record;
    private final @Nullable RecordRepair repair;
    private final FieldText text;
    private final Window window;
    private final @Nullable ConvertedRows converted;

    /** Creates a scanner that converts the wanted columns {@code fields}. */
    CsvScanner(CsvHeaders headers, Window window, int frameBytes, FieldSyntax fields) {
        this.frameBytes = frameBytes;
        this.dialect = headers.dialect();
        this.headers = headers;
        this.index = new CsvIndex(dialect, new Batch(rejections));
        this.record = new CsvRecord(dialect);
        this.repair = dialect.leniency().repairs() ? new RecordRepair(dialect) : null;
        this.text = new FieldText(dialect);
        this.window = window;
        this.converted =
                ConvertedRows.isNeeded(dialect, fields) ? new ConvertedRows(dialect, rejections, fields) : null;
    }

    /** Returns the column names of the window's file, empty for a file without text; invalid UTF-8 is replaced. */
    List<String> header() throws IOException {
        return headers.of(window, 0).names();
    }

    /** Returns the column names of the window's file, empty for a file without text. */
    List<String> columns() throws IOException {
        List<String> names = header();
        headers.checkUtf8(window);
        return names;
    }

    /** Reads {@code range}; passes the fields of the wanted columns to {@code rows}. */
    RangeOutcome read(FileRange range, Tally tally, RowConsumer consumer) throws IOException {
        long to = range.to();
        CsvHeaders.Header header = headers.of(window, range.from() == 0 ? to : 0);
        boolean certain = true;
        long first;
        if (range.from() <= header.end()) {
            first = header.end();
        } else if (range.start().isPresent()) {
            first = range.start().getAsLong();
        } else if (dialect.quote() == 0) {
            first = LineStart.find(window, range.from(), to);
        } else {
            first = new StartGuess(dialect, window, record, repair, header.columns()).find(range.from(), to);
            certain = false;
        }
        if (range.from() == 0 && to > 0) {
            tally.lines = header.lines();
        }
        long start = range.from() == 0 ? 0 : first;
        tally.start(start);
        // The end of a source of unknown size is found only by reading it.
        if (first >= Math.min(to, window.size())) {
            return tally.outcome(start, to == 0 ? 0 : first, certain);
        }
        RowConsumer rows = converted == null ? consumer : converted.to(consumer, header.sources());
        int p = window.seek(first);
        boolean indexable = dialect.isPlain() && index.prepare(header.columns(), header.wanted());
        single.lay(header.columns(), header.wanted());
        Optional<FastPath> plain = indexable ? rows.plain(header.columns(), header.wanted()) : Optional.empty();
        if (plain.isPresent()) {
            tally.times.onePass();
        }
        int detour = 1;
        int others = 0;
        long frameEnd = 0;
        while (!tally.failed() && window.base + p < Math.min(to, window.size())) {
            if (window.base + p >= frameEnd) {
                frameEnd = window.base + p + frameBytes;
                p = window.hold(p, Math.min(to, frameEnd + FastPath.REACH));
            }
            long edge = Math.min(to, window.size());
            if (plain.isPresent()) {
                long before = tally.used;
                p = plain(plain.get(), p, Math.min(frameEnd, edge - FastPath.REACH), tally);
                boolean worthwhile = tally.used - before >= WORTHWHILE;
                others = worthwhile ? 0 : Math.clamp(2L * others, MIN_BYTES, MAX_BYTES);
                detour = worthwhile ? 1 : detour;
            }
            // Where most records are simple, a single other record is read by itself.
            if (indexable && (plain.isEmpty() || others > 0)) {
                int from = p;
                int known = (int) (Math.min(frameEnd, edge) - window.base);
                // Stops at the limit for records, so that an overlong record is not taken for a whole one.
                int most = plain.isEmpty() ? window.recordLimit() : others;
                long begun = System.nanoTime();
                index.find(window.bytes, p, Math.min(known, p + most));
                long parsed = System.nanoTime();
                use(index.batch, tally, rows);
                tally.times.batch(parsed - begun, System.nanoTime() - parsed);
                tally.lines += index.lines;
                p = index.next;
                detour = p > from ? 1 : Math.min(2 * detour, MAX_DETOUR);
            }
            for (int i = 0; i < detour && !tally.failed() && window.base + p < Math.min(to, window.size()); i++) {
                p = record(p, to, header, tally, rows);
            }
        }
        return tally.outcome(start, window.base + p, certain);
    }

    /** Reads simple records; returns the start of the first record that is not simple. */
    private int plain(FastPath scan, int from, long to, Tally tally) {
        int limit = (int) (to - window.base);
        if (from >= limit) {
            return from;
        }
        int next = scan.read(window.bytes, from, limit);
        tally.used += scan.rows();
        tally.lines += scan.rows();
        return next;
    }

    /** Reads the record at {@code from}, which may be only partly in the window. */
    private int record(int from, long to, CsvHeaders.Header header, Tally tally, RowConsumer rows) throws IOException {
        int p = from;
        Extent extent = record.read(window.bytes, p, window.reach(p), window.endsAt(window.reach(p)));
        while (extent == Extent.CUT_OFF && window.end - p <= window.recordLimit()) {
            window.more(p, to);
            p = 0;
            extent = record.read(window.bytes, p, window.reach(p), window.endsAt(window.reach(p)));
        }
        byte[] bytes = window.bytes;
        int end = extent == Extent.WHOLE ? record.end : window.reach(p);
        if (end - p > window.recordLimit() || extent != Extent.WHOLE) {
            String reason = extent == Extent.UNCLOSED && end - p <= window.recordLimit()
                    ? "quote opened here is never closed"
                    : window.tooLong();
            int opened = Math.max(p, record.quoteOpened);
            long line = tally.lines + LineBreaks.count(bytes, p, opened) + 1;
            tally.fail(new BadRecord(window.base + p, line, null, reason, Tally.text(bytes, p, end)));
            return p;
        }
        int next = record.next;
        if (window.endsAt(next) && record.end == next && next > p && bytes[next - 1] == END_OF_FILE) {
            record.read(bytes, p, next - 1, true);
        }
        if (record.end > p && !record.comment) {
            row(p, header, tally, rows);
        }
        tally.lines += record.lines(bytes, p);
        return next;
    }

    private void row(int from, CsvHeaders.Header header, Tally tally, RowConsumer rows) {
        if (repair != null
                && record.malformed == null
                && (record.hasOddQuotes || record.fields != header.columns())
                && repair.canRepair(record, header.columns())) {
            repaired(repair, from, header, tally, rows);
            return;
        }
        String reason = record.malformed;
        if (reason == null && record.fields != header.columns()) {
            reason = "has " + record.fields + (record.fields == 1 ? " field" : " fields") + ", the header has "
                    + header.columns();
        }
        if (reason == null) {
            single.of(window.bytes, from, record, header.wanted());
            use(single, tally, rows);
        } else if (tally.reject()) {
            byte[] bytes = window.bytes;
            String cut = Tally.text(bytes, from, record.end);
            tally.sample(
                    new BadRecord(window.base + from, tally.lines + 1, null, reason, cut), bytes, from, record.end);
        }
    }

    private void repaired(RecordRepair repaired, int from, CsvHeaders.Header header, Tally tally, RowConsumer rows) {
        byte[] regular = repaired.repair(window.bytes, record, header.columns());
        single.of(regular, 0, repaired.record, header.wanted());
        single.locate(window.base + from, tally.lines);
        rows.use(single);
        tally.used += 1 - rejections.count();
        for (Rejections.RejectedRow bad : rejections.take()) {
            if (tally.reject()) {
                boolean ofColumn = bad.column() != Rejections.NO_COLUMN;
                String shown = ofColumn
                        ? fieldText(single, 0, headers.source(bad.column()))
                        : Tally.text(window.bytes, from, record.end);
                String column = ofColumn ? headers.wanted(bad.column()) : null;
                tally.sample(
                        new BadRecord(window.base + from, tally.lines + 1, column, bad.reason(), shown),
                        window.bytes,
                        from,
                        record.end);
            }
        }
    }

    private void use(Batch batch, Tally tally, RowConsumer rows) {
        if (batch.rows == 0) {
            return;
        }
        batch.locate(window.base, tally.lines);
        rows.use(batch);
        tally.used += batch.rows - rejections.count();
        if (rejections.count() > 0) {
            reject(batch, tally);
        }
    }

    private void reject(Batch batch, Tally tally) {
        long lines = tally.lines;
        int counted = batch.first;
        for (Rejections.RejectedRow bad : rejections.take()) {
            if (tally.failed() || !tally.reject()) {
                continue;
            }
            int from = batch.recordStart(bad.row());
            lines += LineBreaks.count(batch.bytes, counted, from);
            counted = from;
            int to = batch.recordEnd(bad.row());
            String column = null;
            String shown = Tally.text(batch.bytes, from, to);
            if (bad.column() != Rejections.NO_COLUMN) {
                column = headers.wanted(bad.column());
                shown = fieldText(batch, bad.row(), headers.source(bad.column()));
            }
            BadRecord found = new BadRecord(window.base + from, lines + 1, column, bad.reason(), shown);
            tally.sample(found, batch.bytes, from, to);
        }
    }

    /** Returns the text of a field, empty for a column that the file lacks. */
    private String fieldText(Batch batch, int row, int column) {
        if (column < 0) {
            return "";
        }
        text.of(batch.bytes, batch.begin(row, column), batch.end(row, column));
        return Tally.text(text.bytes, text.from, text.to);
    }
}
