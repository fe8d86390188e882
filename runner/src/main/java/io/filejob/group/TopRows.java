package io.filejob.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The first rows by rank of all that are added. */
final class TopRows {
    private final int limit;
    private final Comparator<List<@Nullable String>> rank;
    private final PriorityQueue<List<@Nullable String>> rows;

    TopRows(int limit, Comparator<List<@Nullable String>> rank) {
        this.limit = limit;
        this.rank = rank;
        this.rows = new PriorityQueue<>(rank.reversed());
    }

    void add(List<@Nullable String> row) {
        if (rows.size() < limit) {
            rows.add(row);
        } else if (rank.compare(row, rows.element()) < 0) {
            rows.remove();
            rows.add(row);
        }
    }

    /** In their order. */
    List<List<@Nullable String>> sorted() {
        List<List<@Nullable String>> sorted = new ArrayList<>(rows);
        sorted.sort(rank);
        return sorted;
    }
}
