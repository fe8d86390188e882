package io.filejob.postgres;

import io.filejob.bytes.Utf8;
import io.filejob.csv.Batch;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/** Rejects rows that no table accepts: text with invalid UTF-8 or NUL bytes, and null keys. For one thread. */
final class RowCheck {
    static final String NOT_UTF8 = "not valid UTF-8";
    static final String NUL = "has a NUL byte, which PostgreSQL's texts cannot hold";
    static final String NULL_KEY = "a key must not be null";

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private final int columns;
    private final int[] nullableKeys;
    private final FieldText text;
    /** The good rows of the batch checked last: the first {@link #count} elements. */
    int[] rows = new int[0];

    int count;

    /** Checks rows with this many wanted columns; the columns {@code keys} must not be null. */
    RowCheck(CsvDialect dialect, int columns, List<Integer> keys) {
        this.columns = columns;
        this.nullableKeys =
                dialect.hasNull() ? keys.stream().mapToInt(Integer::intValue).toArray() : new int[0];
        this.text = new FieldText(dialect);
    }

    void check(Batch batch) {
        if (rows.length < batch.rows) {
            rows = new int[batch.rows];
        }
        count = 0;
        // Delimiters and quotes are ASCII, so they can be checked together with the fields.
        boolean span = batch.areAdjacent(columns);
        for (int row = 0; row < batch.rows; row++) {
            boolean good = span && isText(batch.bytes, batch.begin(row, 0), batch.end(row, columns - 1));
            if ((good || areTexts(batch, row)) && hasKeys(batch, row)) {
                rows[count++] = row;
            }
        }
    }

    private boolean areTexts(Batch batch, int row) {
        for (int column = 0; column < columns; column++) {
            int begin = batch.begin(row, column);
            int end = batch.end(row, column);
            if (!isText(batch.bytes, begin, end)) {
                batch.reject(row, column, hasNul(batch.bytes, begin, end) ? NUL : NOT_UTF8);
                return false;
            }
        }
        return true;
    }

    private boolean hasKeys(Batch batch, int row) {
        for (int key : nullableKeys) {
            text.of(batch.bytes, batch.begin(row, key), batch.end(row, key));
            if (text.isNull) {
                batch.reject(row, key, NULL_KEY);
                return false;
            }
        }
        return true;
    }

    private static boolean isText(byte[] bytes, int from, int to) {
        return isPlain(bytes, from, to) || (!hasNul(bytes, from, to) && Utf8.isValid(bytes, from, to));
    }

    private static boolean hasNul(byte[] bytes, int from, int to) {
        boolean found = false;
        for (int p = from; p < to; p++) {
            found |= bytes[p] == 0;
        }
        return found;
    }

    /**
     * Returns whether all bytes are ASCII other than 0. May return false for such bytes if they are not recognized
     * quickly.
     */
    private static boolean isPlain(byte[] bytes, int from, int to) {
        long odd = 0;
        int p = from;
        for (; p + Long.BYTES <= to; p += Long.BYTES) {
            long word = (long) LONGS.get(bytes, p);
            // Sets the high bit of each byte that is 0 or not ASCII, and possibly of bytes after it.
            odd |= (word - LOW_BITS) | word;
        }
        boolean plain = (odd & HIGH_BITS) == 0;
        for (; p < to; p++) {
            plain &= bytes[p] > 0;
        }
        return plain;
    }
}
