package io.filejob.group;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Memory for reading runs, which is used again for the next range: a worker reads many. For one thread. */
public final class RunBuffers {
    private final Deque<byte[]> free = new ArrayDeque<>();
    private final RowSort rows = new RowSort();
    private final List<byte[]> taken = new ArrayList<>();

    /** At least {@code size} bytes, until {@link #giveBack}. */
    byte[] take(int size) {
        byte[] buffer = free.poll();
        if (buffer == null || buffer.length < size) {
            buffer = new byte[size];
        }
        taken.add(buffer);
        return buffer;
    }

    /** Where records are sorted, which grows to what ranges need. */
    RowSort rows() {
        return rows;
    }

    /** Nobody uses any of them now. */
    void giveBack() {
        free.addAll(taken);
        taken.clear();
    }
}
