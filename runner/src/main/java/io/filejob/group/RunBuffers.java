package io.filejob.group;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Memory for reading runs, which is used again for the next range: a worker reads many. For one thread. */
public final class RunBuffers {
    private static final int MAX_KEPT = 1 << 20;

    private final Deque<byte[]> free = new ArrayDeque<>();
    private final RowSort rows = new RowSort();

    /** At least {@code size} bytes, until they are given {@link #back}. */
    byte[] take(int size) {
        byte[] buffer = free.poll();
        return buffer == null || buffer.length < size ? new byte[size] : buffer;
    }

    /** Where records are sorted, which grows to what ranges need. */
    RowSort rows() {
        return rows;
    }

    /** These are used no more. Those that are larger than usual are not kept. */
    void back(List<byte[]> taken) {
        taken.stream().filter(buffer -> buffer.length <= MAX_KEPT).forEach(free::add);
    }
}
