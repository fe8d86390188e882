package io.filejob.operator.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each job was read last, so that one that did not stay in the cache is not read again at every event. Safe to use
 * from any thread.
 */
final class Rests {
    /** A job that is read from the start again and again shows its progress at this interval. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Clock clock;
    private final Map<String, Instant> read = new ConcurrentHashMap<>();

    Rests(Clock clock) {
        this.clock = clock;
    }

    /** {@link NotNow} if {@code uid}, which has to be read from the start, was read a moment ago. */
    void check(String uid) {
        Instant last = read.get(uid);
        Instant now = clock.instant();
        if (last != null && now.isBefore(last.plus(INTERVAL))) {
            throw new NotNow(Duration.between(now, last.plus(INTERVAL)));
        }
    }

    void done(String uid) {
        read.put(uid, clock.instant());
    }

    void forget(String uid) {
        read.remove(uid);
    }

    /** Forgets all jobs but these. */
    void retain(Set<String> uids) {
        read.keySet().retainAll(uids);
    }
}
