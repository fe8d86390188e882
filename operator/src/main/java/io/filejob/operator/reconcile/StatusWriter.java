package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.model.FileJobStatus;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.status.StatusOf;
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
 * Writes statuses: news at once, mere progress every two seconds. A write says which version of the FileJob it is about,
 * so that an operator that is behind the times, or one of two, is refused and looks again. Safe to use from any thread.
 */
@ApplicationScoped
public class StatusWriter {
    /** With the workers' own pace this keeps the writes of a job below one a second and worker. */
    private static final Duration PACE = Duration.ofSeconds(2);

    private final Clock clock;
    private final Transitions transitions;
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    StatusWriter(Clock clock, Transitions transitions) {
        this.clock = clock;
        this.transitions = transitions;
    }

    /**
     * What has become of a status.
     *
     * @param isRefused whether the FileJob has changed since it was looked at, or is gone: then nothing must be done by it
     * @param due when a status that is no news will be written, if that has to wait
     */
    record Outcome(boolean isRefused, Optional<Duration> due) {
        private static final Outcome WRITTEN = new Outcome(false, Optional.empty());
        private static final Outcome REFUSED = new Outcome(true, Optional.empty());
    }

    /** Gives {@code job} the status {@code next}, now or, if it is no news, soon. */
    Outcome write(FileJobResource job, FileJobStatus next, Context<FileJobResource> context) {
        FileJobStatus before = job.getStatus();
        if (next.equals(before)) {
            return Outcome.WRITTEN;
        }
        String uid = job.getMetadata().getUid();
        Instant now = clock.instant();
        Instant due = written.getOrDefault(uid, Instant.MIN).plus(PACE);
        boolean news = StatusOf.isNews(before, next);
        if (!news && now.isBefore(due)) {
            return new Outcome(false, Optional.of(Duration.between(now, due)));
        }
        if (!update(job, next, context)) {
            return Outcome.REFUSED;
        }
        written.put(uid, now);
        if (news) {
            transitions.publish(job, before, next, context.getClient());
        }
        return Outcome.WRITTEN;
    }

    /** False if {@code job} is not what it was any more: the next look will see that. */
    private static boolean update(FileJobResource job, FileJobStatus next, Context<FileJobResource> context) {
        // The one at hand is the informers' own.
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

    /** Forgets all jobs but these. */
    void retain(Set<String> uids) {
        written.keySet().retainAll(uids);
        transitions.retain(uids);
    }

    /** Nothing more will be written about {@code job}. */
    void forget(FileJobResource job) {
        written.remove(job.getMetadata().getUid());
    }
}
