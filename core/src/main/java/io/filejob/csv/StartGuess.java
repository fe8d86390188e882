package io.filejob.csv;

import io.filejob.csv.CsvRecord.Extent;
import io.filejob.csv.CsvRecord.Place;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the start of the first record at or after an offset in text that may be quoted: parses the text once as if
 * the offset were outside quotes and once as if it were inside, and chooses the alternative that yields better records.
 * The guess may be wrong, for example in this file, where a line of a quoted field looks like a record:
 *
 * <pre>
 *   id,note,price
 *   1,"see:
 *   7,like a record,9        from here: is this a record?
 *   end",5
 * </pre>
 */
final class StartGuess {
    /**
     * Number of bytes parsed in the first attempt, and at most; independent of the number of bytes already in the
     * buffer.
     */
    private static final int FIRST_SPAN = 64 << 10;

    private static final int MAX_SPAN = 1 << 20;

    private final CsvDialect format;
    private final Window window;
    private final CsvRecord record;
    private final @Nullable RecordRepair repair;
    private final int columns;

    /** Parses text with {@code record}, expecting records of {@code columns} columns, or those that can be repaired. */
    StartGuess(CsvDialect format, Window window, CsvRecord record, @Nullable RecordRepair repair, int columns) {
        this.repair = repair;
        this.format = format;
        this.window = window;
        this.record = record;
        this.columns = columns;
    }

    /** Number of good and bad records found by parsing from an offset. */
    private record Trail(int good, int bad) {
        boolean flawless() {
            return bad == 0 && good > 0;
        }
    }

    /**
     * Returns the offset of the first record start, for {@code from > 0}. Returns the file's size if there is none, or
     * none within the record limit; in the second case, if the guess is right, an earlier range fails.
     */
    long find(long from, long to) throws IOException {
        int span = FIRST_SPAN;
        int p = window.seek(from - 1);
        while (true) {
            p = window.hold(p, from + span);
            int edge = (int) Math.min(window.end, p + 1L + span);
            Trail outside = follow(p + 1, edge, outsidePlace(p));
            Trail inside = follow(p + 1, edge, Place.QUOTED);
            boolean decided = outside.good() + inside.good() > 0;
            if (decided || span >= MAX_SPAN || window.endsAt(edge)) {
                return start(p + 1, insideIsBetter(inside, outside) ? Place.QUOTED : outsidePlace(p), to);
            }
            span *= 4;
        }
    }

    private static boolean insideIsBetter(Trail inside, Trail outside) {
        if (inside.flawless() != outside.flawless()) {
            return inside.flawless();
        }
        return inside.good() - inside.bad() > outside.good() - outside.bad();
    }

    /** Returns the state of the byte after {@code before} if that byte is outside quotes. */
    private Place outsidePlace(int before) {
        byte b = window.bytes[before];
        if (b == '\n' || (b == '\r' && window.bytes[before + 1] != '\n')) {
            return Place.RECORD_START;
        }
        if (b == format.delimiter()) {
            return Place.FIELD_START;
        }
        return b == format.quote() ? Place.AFTER_QUOTE : Place.UNQUOTED;
    }

    private Trail follow(int from, int edge, Place place) {
        int good = 0;
        int bad = 0;
        int p = from;
        Place at = place;
        while (p < edge && record.read(window.bytes, p, edge, false, at) == Extent.WHOLE) {
            boolean fromStart = at == Place.RECORD_START;
            if (record.malformed != null || (isRow(fromStart, p) && !hasColumns())) {
                bad++;
            } else if (isRow(fromStart, p)) {
                good++;
            }
            p = record.next;
            at = Place.RECORD_START;
        }
        return new Trail(good, bad);
    }

    private boolean hasColumns() {
        return record.fields == columns || (repair != null && repair.canRepair(record, columns));
    }

    private boolean isRow(boolean fromStart, int from) {
        return fromStart && record.end > from && !record.comment;
    }

    private long start(int from, Place place, long to) throws IOException {
        int p = from;
        if (place == Place.RECORD_START) {
            return window.base + p;
        }
        Extent extent = read(p, place);
        while (extent == Extent.CUT_OFF && window.end - p <= window.recordLimit()) {
            window.more(p, to);
            p = 0;
            extent = read(p, place);
        }
        return extent == Extent.WHOLE ? window.base + record.next : window.size();
    }

    private Extent read(int from, Place place) {
        int edge = window.reach(from);
        return record.read(window.bytes, from, edge, window.endsAt(edge), place);
    }
}
