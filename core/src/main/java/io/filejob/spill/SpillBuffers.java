package io.filejob.spill;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Memory for reading runs, reused from range to range. For one thread. */
public final class SpillBuffers {
    private static final int MAX_KEPT = 1 << 20;

    private final Deque<byte[]> free = new ArrayDeque<>();
    private final RowSort rows = new RowSort();

    /** Returns a buffer of at least {@code size} bytes, to be returned with {@link #back}. */
    byte[] take(int size) {
        byte[] buffer = free.poll();
        return buffer == null || buffer.length < size ? new byte[size] : buffer;
    }

    /** Returns the reusable memory for sorting, which grows to the size of the largest range. */
    RowSort rows() {
        return rows;
    }

    /** Takes buffers back; larger ones than usual are released. */
    void back(List<byte[]> taken) {
        taken.stream().filter(buffer -> buffer.length <= MAX_KEPT).forEach(free::add);
    }
}
