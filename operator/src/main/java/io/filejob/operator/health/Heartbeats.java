package io.filejob.operator.health;

import io.filejob.operator.api.FileJobResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each FileJob that is not over was reconciled last. All of them are looked at every few seconds, and after errors at
 * least once a minute, so one that has not been for much longer is stuck. Safe to use from any thread.
 */
@ApplicationScoped
public class Heartbeats {
    /** Longer than any pause between two retries. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    private final Clock clock;
    private final Map<Job, Instant> last = new ConcurrentHashMap<>();

    /** A FileJob as it can be looked up. */
    record Job(String namespace, String name, String uid) {}

    Heartbeats(Clock clock) {
        this.clock = clock;
    }

    /** {@code job} is being reconciled. */
    public void beat(FileJobResource job) {
        last.put(key(job), clock.instant());
    }

    /** {@code job} need not be reconciled again. */
    public void end(FileJobResource job) {
        last.remove(key(job));
    }

    /** {@code job} is gone. */
    void end(Job job) {
        last.remove(job);
    }

    /** Forgets all jobs but these. */
    public void retain(Set<String> uids) {
        last.keySet().removeIf(job -> !uids.contains(job.uid()));
    }

    /** How many FileJobs are not over. */
    public int size() {
        return last.size();
    }

    /** Those that have not been reconciled for too long. */
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
