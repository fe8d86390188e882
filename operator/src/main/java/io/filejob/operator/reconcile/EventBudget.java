package io.filejob.operator.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many events each FileJob may have: some at once, and then one in a while, as Kubernetes' own components do it, so
 * that one whose state changes all the time does not fill the API server. Safe to use from any thread.
 */
final class EventBudget {
    private static final int AT_ONCE = 25;
    private static final Duration ONE_MORE = Duration.ofMinutes(1);

    private final Clock clock;
    /** By UID: when the budget would be whole again. */
    private final Map<String, Instant> whole = new ConcurrentHashMap<>();

    EventBudget(Clock clock) {
        this.clock = clock;
    }

    /** Whether the FileJob may have one more event, which then counts. */
    boolean spend(String uid) {
        Instant now = clock.instant();
        boolean[] may = {false};
        whole.compute(uid, (_, before) -> {
            Instant from = before == null || before.isBefore(now) ? now : before;
            Instant after = from.plus(ONE_MORE);
            may[0] = !after.isAfter(now.plus(ONE_MORE.multipliedBy(AT_ONCE)));
            return may[0] ? after : from;
        });
        return may[0];
    }

    /** Forgets all jobs but these. */
    void retain(Set<String> uids) {
        whole.keySet().retainAll(uids);
    }
}
