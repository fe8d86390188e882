package io.filejob.csv;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one CSV record byte by byte and defines the meaning of every record, whether quoted, malformed or cut off. The
 * fields of this class describe the record read last, as indexes into the given bytes. Not thread-safe.
 */
final class CsvRecord {
    /** How much of a record was read. */
    enum Extent {
        /** The whole record. */
        WHOLE,
        /** Up to the end of the bytes, which is not the end of the file. */
        CUT_OFF,
        /** Up to the end of the file, inside quotes. */
        UNCLOSED
    }

    /** The state of the parser before a byte. */
    enum Place {
        RECORD_START,
        FIELD_START,
        UNQUOTED,
        QUOTED,
        /** After a quote in a quoted field, which closes the field unless another quote follows. */
        AFTER_QUOTE,
        FIELD_END,
        /** In a comment or a malformed record, where only the line break is significant. */
        REST_OF_LINE
    }

    /** Equal to no byte value. */
    private static final int NONE = 256;

    private static final int USUAL_FIELDS = 16;
    /** Fields beyond this limit are counted but not stored. */
    private static final int MAX_FIELDS = 1 << 16;

    /** Index after the record's last byte, not counting its line break. */
    int end;
    /** Start of the next record. */
    int next;
    /** Number of fields, unless the record is {@link #malformed}. */
    int fields;
    /** Whether the line is a comment rather than a record. */
    boolean comment;
    /** Start and end of each field, quotes included. */
    int[] begins = new int[USUAL_FIELDS];

    int[] ends = new int[USUAL_FIELDS];
    /** Position of the last opening quote, -1 if there is none. */
    int quoteOpened;
    /** Why the record is malformed; null if it is well-formed. */
    @Nullable
    String malformed;

    /** Whether the record has quotes that only a lenient reader accepts. */
    boolean hasOddQuotes;

    private final byte delimiter;
    private final boolean lenient;
    private final int quote;
    private final int escape;
    private final int commentStart;

    CsvRecord(CsvDialect dialect) {
        delimiter = dialect.delimiter();
        lenient = dialect.leniency().lenientQuotes();
        quote = dialect.quote() == 0 ? NONE : dialect.quote();
        escape = dialect.escape() == 0 ? NONE : dialect.escape();
        commentStart = dialect.comment() == 0 ? NONE : dialect.comment();
    }

    /** Reads the record that starts at {@code from}; {@code last} if the file ends at {@code to}. */
    Extent read(byte[] bytes, int from, int to, boolean last) {
        return read(bytes, from, to, last, Place.RECORD_START);
    }

    /** Reads the rest of a record in which {@code from} has the state {@code place}. */
    Extent read(byte[] bytes, int from, int to, boolean last, Place place) {
        fields = 0;
        malformed = null;
        comment = false;
        hasOddQuotes = false;
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
                    if (p < to && bytes[p] == quote && lenient) {
                        hasOddQuotes = true;
                        p++;
                        at = Place.UNQUOTED;
                    } else if (p < to && bytes[p] == quote) {
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
                    } else if (lenient) {
                        hasOddQuotes = true;
                        at = Place.UNQUOTED;
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

    /**
     * Returns the number of physical line breaks in the record that starts at {@code from}, including the one that ends
     * it.
     */
    long lines(byte[] bytes, int from) {
        if (quoteOpened >= 0) {
            return LineBreaks.count(bytes, from, next);
        }
        return next > end ? 1 : 0;
    }

    private void keep(int begin, int fieldEnd) {
        if (fields < MAX_FIELDS) {
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
