package io.filejob.group;

import io.filejob.read.FieldText;

/**
 * Keys as bytes whose order is that of the key columns, one after the other, each in the order of bytes with null first. A
 * text ends with a zero byte, and a zero byte in it is followed by 0xFF. Where there may be nulls, a 1 stands before texts
 * and null is a 0. The last text's end is left out unless something may follow.
 *
 * @param columns how many key columns there are
 * @param nullable whether they may be null
 * @param extended whether keys may have something behind them, see {@link #length}
 */
record KeyFormat(int columns, boolean nullable, boolean extended) {
    private static final int ESCAPED = 0xFF;

    /** Whether a text without zero bytes stands for itself in the last column, and with a zero byte behind it elsewhere. */
    boolean isPlain() {
        return !nullable && !extended;
    }

    /** Appends {@code text} as the key column number {@code column}. */
    void write(int column, FieldText text, ByteList out) {
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
     * Appends the text of a key column that begins at {@code at} in {@code key[.., to)}.
     *
     * @return where the next column begins; minus that and one if this one is null
     */
    int read(int column, byte[] key, int at, int to, ByteList out) {
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

    /** Of a key that may have something behind it, the length without that; all of a key that lacks its end. */
    int length(byte[] key, int from, int to) {
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
