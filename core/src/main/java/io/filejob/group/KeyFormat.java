package io.filejob.group;

import io.filejob.bytes.ByteList;
import io.filejob.csv.FieldText;

/**
 * Encodes keys as bytes that sort like the key columns: column by column, each in byte order with null first. A text
 * ends with a zero byte; a zero byte within a text is followed by 0xFF. If columns may be null, texts are preceded by
 * 1, and null is encoded as 0. The end of the last text is omitted unless something may follow.
 *
 * @param columns number of key columns
 * @param nullable whether key columns may be null
 * @param extended whether other bytes may follow keys, see {@link #length}
 */
public record KeyFormat(int columns, boolean nullable, boolean extended) {
    private static final int ESCAPED = 0xFF;

    /**
     * Returns whether texts without zero bytes are stored unchanged, followed by a zero byte except in the last column.
     */
    public boolean isPlain() {
        return !nullable && !extended;
    }

    /** Appends {@code text} as the key column {@code column}. */
    public void write(int column, FieldText text, ByteList out) {
        if (nullable) {
            out.put(text.isNull ? 0 : 1);
            if (text.isNull) {
                return;
            }
        }
        boolean ends = extended || column < columns - 1;
        if (!ends) {
            out.put(text.bytes, text.from, text.to);
            return;
        }
        for (int p = text.from; p < text.to; p++) {
            out.put(text.bytes[p]);
            if (text.bytes[p] == 0) {
                out.put(ESCAPED);
            }
        }
        out.put(0);
    }

    /**
     * Appends the text of the key column at {@code at} in {@code key[.., to)}.
     *
     * @return the start {@code s} of the next column; {@code -s - 1} if this column is null
     */
    public int read(int column, byte[] key, int at, int to, ByteList out) {
        int p = at;
        if (nullable && key[p++] == 0) {
            return -p - 1;
        }
        if (!extended && column == columns - 1) {
            out.put(key, p, to);
            return to;
        }
        int begin = p;
        while (true) {
            while (key[p] != 0) {
                p++;
            }
            if (p + 1 >= to || (key[p + 1] & 0xFF) != ESCAPED) {
                break;
            }
            // The zero byte itself belongs to the text.
            out.put(key, begin, p + 1);
            p += 2;
            begin = p;
        }
        out.put(key, begin, p);
        return p + 1;
    }

    /**
     * Returns the length of a key without the bytes that may follow it; the whole length if the key's end is missing.
     */
    public int length(byte[] key, int from, int to) {
        if (!extended) {
            return to - from;
        }
        int p = from;
        for (int column = 0; column < columns && p < to; column++) {
            if (nullable && key[p++] == 0) {
                continue;
            }
            while (p < to && (key[p] != 0 || (p + 1 < to && (key[p + 1] & 0xFF) == ESCAPED))) {
                p += key[p] == 0 ? 2 : 1;
            }
            p++;
        }
        return Math.min(p, to) - from;
    }
}
