package io.filejob.operator.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records when each job was read last, so that a job evicted from the cache is not read again at every event. Safe to
 * use from any thread.
 */
final class ReadIntervals {
    /** Minimum interval between two full reads of a job, and thus of its progress updates. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Clock clock;
    private final Map<String, Instant> read = new ConcurrentHashMap<>();

    ReadIntervals(Clock clock) {
        this.clock = clock;
    }

    /**
     * Throws {@link PostponedException} if {@code uid}, which has to be read completely, was read less than {@link #INTERVAL} ago.
     */
    void check(String uid) {
        Instant last = read.get(uid);
        Instant now = clock.instant();
        if (last != null && now.isBefore(last.plus(INTERVAL))) {
            throw new PostponedException(Duration.between(now, last.plus(INTERVAL)));
        }
    }

    void done(String uid) {
        read.put(uid, clock.instant());
    }

    void forget(String uid) {
        read.remove(uid);
    }

    /** Removes all jobs except those with these UIDs. */
    void retain(Set<String> uids) {
        read.keySet().retainAll(uids);
    }
}
