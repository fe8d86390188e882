package io.filejob.read;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one CSV record, byte by byte: what every record means, quoted, malformed or cut off. Its fields tell of the
 * record read last, as indexes into the bytes given. Not thread-safe.
 */
final class CsvRecord {
    /** How far a record was read. */
    enum Extent {
        /** To its end. */
        WHOLE,
        /** To the end of the bytes, which is not the file's. */
        CUT_OFF,
        /** To the end of the file, inside quotes. */
        UNCLOSED
    }

    /** Where in a record a byte is. */
    enum Place {
        RECORD_START,
        FIELD_START,
        UNQUOTED,
        QUOTED,
        /** After a quote in a quoted text, which closes it unless another follows. */
        AFTER_QUOTE,
        FIELD_END,
        /** In what is no record or no good one: nothing but the line's end means anything. */
        REST_OF_LINE
    }

    /** Equals no byte. */
    private static final int NONE = 256;

    private static final int USUAL_FIELDS = 16;
    /** Fields behind are counted and not kept. */
    private static final int MOST_FIELDS = 1 << 16;

    /** One past the record's last byte, its line break not counted. */
    int end;
    /** Where the next record starts. */
    int next;
    /** How many fields it has, if it is not {@link #malformed}. */
    int fields;
    /** Whether it is no record but a comment. */
    boolean comment;
    /** Where its fields begin and end, with their quotes. */
    int[] begins = new int[USUAL_FIELDS];

    int[] ends = new int[USUAL_FIELDS];
    /** Where the last quoted text was opened, -1 for nowhere. */
    int quoteOpened;
    /** Why it is no good record; null if it is one. */
    @Nullable
    String malformed;

    private final byte delimiter;
    private final int quote;
    private final int escape;
    private final int commentStart;

    CsvRecord(CsvDialect dialect) {
        delimiter = dialect.delimiter();
        quote = dialect.quote() == 0 ? NONE : dialect.quote();
        escape = dialect.escape() == 0 ? NONE : dialect.escape();
        commentStart = dialect.comment() == 0 ? NONE : dialect.comment();
    }

    /** Reads the record that starts at {@code from}; {@code last} if the file ends at {@code to}. */
    Extent read(byte[] bytes, int from, int to, boolean last) {
        return read(bytes, from, to, last, Place.RECORD_START);
    }

    /** Reads the rest of a record of which {@code from} is in {@code place}. */
    Extent read(byte[] bytes, int from, int to, boolean last, Place place) {
        fields = 0;
        malformed = null;
        comment = false;
        quoteOpened = -1;
        int field = from;
        int p = from;
        Place at = place;
        while (true) {
            switch (at) {
                case RECORD_START -> {
                    comment = p < to && bytes[p] == commentStart;
                    at = comment ? Place.REST_OF_LINE : Place.FIELD_START;
                }
                case FIELD_START -> {
                    field = p;
                    at = Place.UNQUOTED;
                    if (p < to && bytes[p] == quote) {
                        quoteOpened = p++;
                        at = Place.QUOTED;
                    }
                }
                case UNQUOTED -> {
                    p = fieldEnd(bytes, p, to);
                    at = Place.FIELD_END;
                    if (p < to && bytes[p] == quote) {
                        malformed = "quote inside an unquoted field";
                        at = Place.REST_OF_LINE;
                    }
                }
                case QUOTED -> {
                    p = closingQuote(bytes, p, to);
                    if (p >= to) {
                        return last ? Extent.UNCLOSED : Extent.CUT_OFF;
                    }
                    p++;
                    at = Place.AFTER_QUOTE;
                }
                case AFTER_QUOTE -> {
                    if (p == to || isFieldEnd(bytes[p])) {
                        at = Place.FIELD_END;
                    } else if (bytes[p] == quote) {
                        p++;
                        at = Place.QUOTED;
                    } else {
                        malformed = "text after a closing quote";
                        at = Place.REST_OF_LINE;
                    }
                }
                case FIELD_END -> {
                    keep(field, p);
                    if (p == to || bytes[p] != delimiter) {
                        return endAt(bytes, p, to, last);
                    }
                    p++;
                    at = Place.FIELD_START;
                }
                case REST_OF_LINE -> {
                    return endAt(bytes, LineBreaks.next(bytes, p, to), to, last);
                }
            }
        }
    }

    /** How many physical line breaks the record that starts at {@code from} has, its own end included. */
    long lines(byte[] bytes, int from) {
        if (quoteOpened >= 0) {
            return LineBreaks.count(bytes, from, next);
        }
        return next > end ? 1 : 0;
    }

    private void keep(int begin, int fieldEnd) {
        if (fields < MOST_FIELDS) {
            if (fields == begins.length) {
                begins = Arrays.copyOf(begins, 2 * fields);
                ends = Arrays.copyOf(ends, 2 * fields);
            }
            begins[fields] = begin;
            ends[fields] = fieldEnd;
        }
        fields++;
    }

    private Extent endAt(byte[] bytes, int p, int to, boolean last) {
        boolean carriageReturn = p < to && bytes[p] == '\r';
        if (!last && (p == to || (carriageReturn && p + 1 == to))) {
            return Extent.CUT_OFF;
        }
        end = p;
        next = Math.min(p + 1, to);
        if (carriageReturn && next < to && bytes[next] == '\n') {
            next++;
        }
        return Extent.WHOLE;
    }

    private int fieldEnd(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && !isFieldEnd(bytes[p]) && bytes[p] != quote) {
            p++;
        }
        return p;
    }

    private int closingQuote(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && bytes[p] != quote) {
            p += bytes[p] == escape ? 2 : 1;
        }
        return p;
    }

    private boolean isFieldEnd(byte b) {
        return b == delimiter || b == '\n' || b == '\r';
    }
}
