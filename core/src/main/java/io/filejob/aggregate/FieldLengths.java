package io.filejob.aggregate;

import io.filejob.csv.Batch;
import io.filejob.measure.Selection;
import java.util.Locale;

/** Rejects rows with keys or values that are too long for the available memory. */
final class FieldLengths {
    private final int limit;
    private final int keys;
    private final int columns;

    /** Checks {@code columns} wanted columns; the first {@code keys} of them form the key. */
    FieldLengths(int limit, int keys, int columns) {
        this.limit = limit;
        this.keys = keys;
        this.columns = columns;
    }

    /** Removes rows with a longer key or value from the selection, before they are processed. */
    void check(Batch batch, Selection selection) {
        if (batch.length() <= limit) {
            return;
        }
        selection.filter();
        int kept = 0;
        for (int i = 0; i < selection.count; i++) {
            int row = selection.rows[i];
            if (!isTooLong(batch, row)) {
                selection.rows[kept++] = row;
            }
        }
        selection.count = kept;
    }

    private boolean isTooLong(Batch batch, int row) {
        int key = 0;
        for (int column = 0; column < columns; column++) {
            int length = batch.end(row, column) - batch.begin(row, column);
            if (length > limit) {
                batch.reject(row, column, tooLong(length, limit));
                return true;
            }
            key += column < keys ? length : 0;
        }
        if (key > limit) {
            batch.reject(row, "key " + tooLong(key, limit));
        }
        return key > limit;
    }

    /** Returns the reason to reject a field of {@code length} bytes. */
    static String tooLong(int length, int limit) {
        return String.format(Locale.ROOT, "too long (%,d bytes, limit %,d); raise spec.memory", length, limit);
    }
}
