package io.filejob.group;

import io.filejob.read.Batch;
import java.util.Arrays;

/** The rows of a batch that are used. Those that turn out to be bad stay in their places. */
final class Selection {
    int[] rows = {};
    int count;
    /** By place; means something only if {@link #anyBad}. */
    boolean[] bad = {};

    boolean anyBad;
    private int[] all = {};
    private int[] some = {};

    /** All rows of {@code batch}. */
    void all(Batch batch) {
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

    /** To be called before rows are taken out: from now on they stand in an array that may be written to. */
    void filter() {
        if (some.length < count) {
            some = new int[count];
        }
        System.arraycopy(rows, 0, some, 0, count);
        rows = some;
    }

    /** The row at place {@code i} is bad, if it is not so already. */
    void reject(Batch batch, int i, int column, String reason) {
        if (!anyBad) {
            Arrays.fill(bad, 0, count, false);
            anyBad = true;
        }
        if (!bad[i]) {
            bad[i] = true;
            batch.reject(rows[i], column, reason);
        }
    }

    boolean isBad(int i) {
        return anyBad && bad[i];
    }
}
