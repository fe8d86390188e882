package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.operator.ForIntervals;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.status.StatusOf;
import io.filejob.status.FileJobStatus;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes statuses: transitions at once, mere progress every two seconds. A write carries the resource version of the
 * FileJob, so that an operator with outdated data, or a second operator, gets a conflict and observes again. Safe to
 * use from any thread.
 */
@ApplicationScoped
public class StatusWriter {
    /** Together with the workers' own interval, this keeps a job below one write per second and worker. */
    private static final Duration PACE = Duration.ofSeconds(2);

    private final Clock clock;
    private final Transitions transitions;
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    StatusWriter(@ForIntervals Clock clock, Transitions transitions) {
        this.clock = clock;
        this.transitions = transitions;
    }

    /**
     * The outcome of writing a status.
     *
     * @param isRefused whether the FileJob has changed since it was observed, or is deleted: then the decision must not
     * be applied
     * @param due the delay until a pure progress update may be written, if it has to wait
     */
    record WriteOutcome(boolean isRefused, Optional<Duration> due) {
        private static final WriteOutcome WRITTEN = new WriteOutcome(false, Optional.empty());
        private static final WriteOutcome REFUSED = new WriteOutcome(true, Optional.empty());
    }

    /**
     * Writes the status {@code next} of {@code job}: at once if it is a transition, otherwise when an update is due.
     */
    WriteOutcome write(FileJobResource job, FileJobStatus next, Context<FileJobResource> context) {
        FileJobStatus before = job.getStatus();
        if (next.equals(before)) {
            return WriteOutcome.WRITTEN;
        }
        String uid = job.getMetadata().getUid();
        Instant now = clock.instant();
        Instant due = written.getOrDefault(uid, Instant.MIN).plus(PACE);
        boolean news = StatusOf.isTransition(before, next);
        if (!news && now.isBefore(due)) {
            return new WriteOutcome(false, Optional.of(Duration.between(now, due)));
        }
        if (!update(job, next, context)) {
            return WriteOutcome.REFUSED;
        }
        written.put(uid, now);
        if (news) {
            transitions.publish(job, before, next, context.getClient());
        }
        return WriteOutcome.WRITTEN;
    }

    /** Returns false if {@code job} has changed since; the next observation will see the change. */
    private static boolean update(FileJobResource job, FileJobStatus next, Context<FileJobResource> context) {
        // The instance passed in belongs to the informer's cache.
        FileJobResource copy = Serialization.clone(job);
        copy.setStatus(next);
        try {
            context.resourceOperations().updatePrimaryStatus(copy);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Removes all jobs except those with these UIDs. */
    void retain(Set<String> uids) {
        written.keySet().retainAll(uids);
        transitions.retain(uids);
    }

    /** Removes {@code job}, which gets no further update. */
    void forget(FileJobResource job) {
        written.remove(job.getMetadata().getUid());
    }
}
