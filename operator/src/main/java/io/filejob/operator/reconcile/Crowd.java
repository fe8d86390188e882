package io.filejob.operator.reconcile;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits how many threads the FileJobs of one namespace use at a time, so that many of them in one namespace do not
 * delay those in others. Safe to use from any thread.
 */
final class Crowd {
    /** Delay after which a FileJob that was turned away is reconciled again. */
    static final Duration COME_AGAIN = Duration.ofMillis(500);

    private final int most;
    private final Map<String, Integer> inside = new HashMap<>();

    /** Creates a limit of {@code most} FileJobs per namespace. */
    Crowd(int most) {
        this.most = most;
    }

    /** Returns whether one more FileJob of {@code namespace} may be reconciled; then {@link #leave} must follow. */
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
