package io.filejob.csv;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The bad rows of one batch, in the order in which they were found. Not thread-safe. */
final class Rejections {
    static final int NO_COLUMN = -1;

    /** A row, the wanted column at fault or {@link #NO_COLUMN}, and the reason. */
    record RejectedRow(int row, int column, String reason) {}

    private final List<RejectedRow> all = new ArrayList<>();

    void add(int row, int column, String reason) {
        all.add(new RejectedRow(row, column, reason));
    }

    int count() {
        return all.size();
    }

    /** Removes and returns all rejections, ordered by row. */
    List<RejectedRow> take() {
        List<RejectedRow> taken = new ArrayList<>(all);
        taken.sort(Comparator.comparingInt(RejectedRow::row));
        all.clear();
        return taken;
    }
}
