package io.filejob.csv;

import io.filejob.bytes.ByteList;
import java.nio.charset.StandardCharsets;

/**
 * Writes a record that only a lenient reader accepts as a regular one: without a trailing delimiter, with all fields,
 * and with regular quotes. Not thread-safe; describes the record given last.
 */
final class RecordRepair {
    private final Leniency leniency;
    private final byte delimiter;
    private final byte quote;
    private final byte escape;
    private final byte[] nullText;
    private final ByteList text = new ByteList(256);
    /** The regular record. */
    final CsvRecord record;

    RecordRepair(CsvDialect dialect) {
        leniency = dialect.leniency();
        delimiter = dialect.delimiter();
        quote = dialect.quote();
        escape = dialect.escape();
        nullText = dialect.nullText().getBytes(StandardCharsets.UTF_8);
        record = new CsvRecord(dialect);
    }

    /** Returns whether {@code odd}, a well-formed record, can become a regular one with {@code columns} fields. */
    boolean canRepair(CsvRecord odd, int columns) {
        int fields = odd.fields;
        if (hasTrailingDelimiter(odd, columns)) {
            fields--;
        }
        return fields == columns || (leniency.fillMissing() && fields < columns);
    }

    private boolean hasTrailingDelimiter(CsvRecord odd, int columns) {
        int last = odd.fields - 1;
        return leniency.trailingDelimiter()
                && odd.fields == columns + 1
                && last < odd.begins.length
                && odd.begins[last] == odd.ends[last];
    }

    /** Writes the record {@code odd}, which can be repaired, as a regular one; returns the bytes of it. */
    byte[] repair(byte[] bytes, CsvRecord odd, int columns) {
        text.clear();
        for (int field = 0; field < columns; field++) {
            if (field > 0) {
                text.put(delimiter);
            }
            if (field >= odd.fields) {
                text.put(nullText, 0, nullText.length);
            } else if (odd.hasOddQuotes) {
                unquote(bytes, odd.begins[field], odd.ends[field]);
            } else {
                text.put(bytes, odd.begins[field], odd.ends[field]);
            }
        }
        int end = text.size;
        // Readers of fields may look at bytes after them.
        text.put(new byte[Window.SLACK], 0, Window.SLACK);
        record.read(text.array, 0, end, true);
        return text.array;
    }

    /** Appends a field; quotes it if it has quotes. */
    private void unquote(byte[] bytes, int begin, int end) {
        boolean plain = true;
        for (int p = begin; p < end; p++) {
            plain &= bytes[p] != quote;
        }
        if (plain) {
            text.put(bytes, begin, end);
            return;
        }
        text.put(quote);
        int p = begin;
        if (bytes[begin] == quote) {
            p = quoted(bytes, begin + 1, end);
        }
        for (; p < end; p++) {
            literal(bytes[p]);
        }
        text.put(quote);
    }

    /** Appends the text from {@code from} to the closing quote; returns the index after that. */
    private int quoted(byte[] bytes, int from, int end) {
        int p = from;
        while (p < end) {
            boolean escaped = escape != 0 && bytes[p] == escape && p + 1 < end;
            if (bytes[p] == quote && (p + 1 == end || bytes[p + 1] != quote)) {
                return p + 1;
            }
            p += escaped || bytes[p] == quote ? 1 : 0;
            literal(bytes[p]);
            p++;
        }
        return p;
    }

    private void literal(byte b) {
        if (b == quote) {
            text.put(quote);
        } else if (escape != 0 && b == escape) {
            text.put(escape);
        }
        text.put(b);
    }
}
