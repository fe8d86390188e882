package io.filejob.measure;

import io.filejob.csv.Batch;
import java.util.Arrays;

/** The selected rows of a batch. Rows that are rejected later keep their index. */
public final class Selection {
    /** Indexes of the selected rows of a batch, ascending; valid up to {@link #count}. */
    public int[] rows = {};
    /** Number of selected rows. */
    public int count;
    /** Whether the row at each index was rejected; valid only if {@link #anyBad}. */
    boolean[] bad = {};

    boolean anyBad;
    private int[] all = {};
    private int[] some = {};

    /** Selects all rows of {@code batch}. */
    public void all(Batch batch) {
        count = batch.rows;
        anyBad = false;
        if (all.length < count) {
            all = new int[count];
            for (int i = 0; i < count; i++) {
                all[i] = i;
            }
            bad = new boolean[count];
        }
        rows = all;
    }

    /** Selects {@code rowCount} rows without a batch, none of them rejected. */
    public void plain(int rowCount) {
        count = rowCount;
        anyBad = false;
    }

    /** Copies the row numbers into an array that may be modified; required before rows are removed. */
    public void filter() {
        if (some.length < count) {
            some = new int[count];
        }
        System.arraycopy(rows, 0, some, 0, count);
        rows = some;
    }

    /** Rejects the row at index {@code i} unless it has been rejected already. */
    public void reject(Batch batch, int i, int column, String reason) {
        if (!anyBad) {
            Arrays.fill(bad, 0, count, false);
            anyBad = true;
        }
        if (!bad[i]) {
            bad[i] = true;
            batch.reject(rows[i], column, reason);
        }
    }

    /** Returns whether the row at index {@code i} was rejected. */
    public boolean isBad(int i) {
        return anyBad && bad[i];
    }
}
