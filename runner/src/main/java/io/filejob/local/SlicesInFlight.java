package io.filejob.local;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bytes read of each slice that is or was in progress on this machine. If several workers process a slice, the one
 * that has read most counts. Safe to use from any thread.
 */
final class SlicesInFlight {
    private final Map<Integer, Long> bytes = new ConcurrentHashMap<>();

    /** Records that a worker has read {@code count} bytes of {@code slice} so far. */
    void read(int slice, long count) {
        bytes.merge(slice, count, Math::max);
    }

    /** Returns the largest number of bytes that a worker has read of {@code slice}. */
    long bytes(int slice) {
        return bytes.getOrDefault(slice, 0L);
    }
}
