package io.filejob.operator.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits the events of each FileJob: a burst, and then one per minute, as Kubernetes' own components do, so that a
 * FileJob whose state changes constantly does not fill the API server. Safe to use from any thread.
 */
final class EventBudget {
    private static final int AT_ONCE = 25;
    private static final Duration ONE_MORE = Duration.ofMinutes(1);

    private final Clock clock;
    /** The time at which the budget is full again, by the UID of the FileJob. */
    private final Map<String, Instant> whole = new ConcurrentHashMap<>();

    EventBudget(Clock clock) {
        this.clock = clock;
    }

    /** Returns whether the FileJob may have one more event, and counts it. */
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

    /** Removes all jobs except those with these UIDs. */
    void retain(Set<String> uids) {
        whole.keySet().retainAll(uids);
    }
}
