package io.filejob.group;

import io.filejob.read.Batch;
import java.util.Locale;

/** Rejects rows with keys or values that are too long to be held. */
final class FieldLengths {
    private final int limit;
    private final int keys;
    private final int columns;

    /** Of so many wanted {@code columns}, of which the first {@code keys} make up the key. */
    FieldLengths(int limit, int keys, int columns) {
        this.limit = limit;
        this.keys = keys;
        this.columns = columns;
    }

    /** Takes the rows with a longer key or value out of the selection, before anything is made of them. */
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

    /** The reason to reject a field of {@code length} bytes. */
    static String tooLong(int length, int limit) {
        return String.format(Locale.ROOT, "too long (%,d bytes, limit %,d); raise spec.memory", length, limit);
    }
}
