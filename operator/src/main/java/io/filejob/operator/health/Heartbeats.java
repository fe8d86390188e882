package io.filejob.operator.health;

import io.filejob.operator.ForIntervals;
import io.filejob.operator.api.FileJobResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records when each unfinished FileJob was reconciled last. All of them are reconciled every few seconds, and after
 * errors at least once a minute, so one that has not been reconciled for much longer is stuck. Safe to use from any
 * thread.
 */
@ApplicationScoped
public class Heartbeats {
    /** Longer than the maximum delay between two retries. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    private final Clock clock;
    private final Map<Job, Instant> last = new ConcurrentHashMap<>();

    /** Identifies a FileJob. */
    record Job(String namespace, String name, String uid) {}

    Heartbeats(@ForIntervals Clock clock) {
        this.clock = clock;
    }

    /** Records that {@code job} is being reconciled. */
    public void beat(FileJobResource job) {
        last.put(key(job), clock.instant());
    }

    /** Removes {@code job}, which need not be reconciled again. */
    public void end(FileJobResource job) {
        last.remove(key(job));
    }

    /** Removes {@code job}, which has been deleted. */
    void end(Job job) {
        last.remove(job);
    }

    /** Removes all jobs except those with these UIDs. */
    public void retain(Set<String> uids) {
        last.keySet().removeIf(job -> !uids.contains(job.uid()));
    }

    /** Returns the number of unfinished FileJobs. */
    public int size() {
        return last.size();
    }

    /** Returns the longest time since the last reconciliation of one of them, zero if there are none. */
    public Duration lag() {
        return last.values().stream()
                .min(Comparator.naturalOrder())
                .map(oldest -> Duration.between(oldest, clock.instant()))
                .orElse(Duration.ZERO);
    }

    /** Returns the FileJobs that have not been reconciled for longer than {@link #LIMIT}. */
    List<Job> stuck() {
        Instant limit = clock.instant().minus(LIMIT);
        return last.entrySet().stream()
                .filter(entry -> entry.getValue().isBefore(limit))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Job key(FileJobResource job) {
        return new Job(
                job.getMetadata().getNamespace(),
                job.getMetadata().getName(),
                job.getMetadata().getUid());
    }
}
