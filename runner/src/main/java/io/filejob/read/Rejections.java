package io.filejob.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rows of one batch that were found to be bad, in the order of finding. Not thread-safe. */
final class Rejections {
    static final int NO_COLUMN = -1;

    /** A row, the wanted column that is at fault or {@link #NO_COLUMN}, and why. */
    record Rejected(int row, int column, String reason) {}

    private final List<Rejected> all = new ArrayList<>();

    void add(int row, int column, String reason) {
        all.add(new Rejected(row, column, reason));
    }

    int count() {
        return all.size();
    }

    /** In the order of rows; they are forgotten. */
    List<Rejected> take() {
        List<Rejected> taken = new ArrayList<>(all);
        taken.sort(Comparator.comparingInt(Rejected::row));
        all.clear();
        return taken;
    }
}
