package io.filejob.operator.reconcile;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps FileJobs of one namespace from taking all of the operator's threads, so that a flood of them in one does not delay
 * those of others. Safe to use from any thread.
 */
final class Crowd {
    /** How soon a FileJob that was turned away comes again. */
    static final Duration COME_AGAIN = Duration.ofMillis(500);

    private final int most;
    private final Map<String, Integer> inside = new HashMap<>();

    /** At most {@code most} of a namespace at a time. */
    Crowd(int most) {
        this.most = most;
    }

    /** Whether there is room for one more of {@code namespace}; then {@link #leave} must follow. */
    synchronized boolean enter(String namespace) {
        int now = inside.getOrDefault(namespace, 0);
        if (now >= most) {
            return false;
        }
        inside.put(namespace, now + 1);
        return true;
    }

    synchronized void leave(String namespace) {
        inside.computeIfPresent(namespace, (_, now) -> now == 1 ? null : now - 1);
    }
}
