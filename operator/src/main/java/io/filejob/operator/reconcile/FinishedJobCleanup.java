package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.cluster.ClusterNames;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.operator.api.Phases;
import io.filejob.operator.dependent.WorkerJob;
import io.filejob.operator.status.Decision;
import io.filejob.status.FileJobStatus;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cleans up after a finished job: deletes its ledgers and the listing of its input, unless a redrive may still need
 * them, and, after {@code ttlSecondsAfterFinished}, the FileJob itself.
 */
@ApplicationScoped
public class FinishedJobCleanup {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);

    private static final String[] WORKERS_OWN = {ClusterNames.ROLE_LEDGER, ClusterNames.ROLE_PLAN};

    private final Clock clock;
    private final StatusWriter status;
    private final Leftovers leftovers;
    private final RedriveWindow redrive;

    FinishedJobCleanup(Clock clock, StatusWriter status, Leftovers leftovers, RedriveWindow redrive) {
        this.clock = clock;
        this.status = status;
        this.leftovers = leftovers;
        this.redrive = redrive;
    }

    /** Records the objects that a clean-up may have to remove, before there are workers. */
    void before(Decision decision) {
        if (!Phases.isTerminal(decision.status())) {
            leftovers.expect(decision.seen());
        }
    }

    /**
     * Performs the clean-up steps that are due. Returns the delay until the next one, empty if nothing is left to do.
     */
    Optional<Duration> after(FileJobResource job, Decision decision, Context<FileJobResource> context) {
        status.forget(job);
        if (!Phases.hasFailed(decision.status())) {
            leftovers.none(job);
        }
        Job child = decision.seen().child();
        boolean areAtWork = areAtWork(child) && !decision.isLongOver();
        if (areAtWork && decision.isCleaningUp() && !decision.isOverdue()) {
            return Optional.of(POLL_INTERVAL);
        }
        Optional<Duration> ttl = untilTtl(job, decision.status(), context.getClient());
        if (child != null && areAtWork) {
            endQueued(job, child, decision, context.getClient());
            return Optional.of(
                    ttl.filter(left -> left.compareTo(POLL_INTERVAL) < 0).orElse(POLL_INTERVAL));
        }
        Optional<Duration> kept = redrive.left(decision.status());
        if (kept.isPresent()) {
            return Optional.of(
                    ttl.filter(left -> left.compareTo(kept.get()) < 0).orElse(kept.get()));
        }
        if (areThere(job, context)) {
            context.getClient()
                    .configMaps()
                    .inNamespace(job.getMetadata().getNamespace())
                    .withLabel(ClusterNames.JOB_UID, job.getMetadata().getUid())
                    .withLabelIn(ClusterNames.ROLE, WORKERS_OWN)
                    .delete();
        }
        return ttl;
    }

    /** Deletes an overdue Job in a queue, since the queue would start it again if it were only suspended. */
    private static void endQueued(FileJobResource job, Job child, Decision decision, KubernetesClient client) {
        if (Names.queue(job) != null && decision.isOverdue()) {
            client.resource(child)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
        }
    }

    private static boolean areAtWork(@Nullable Job child) {
        if (child == null || WorkerJob.isFinished(child)) {
            return false;
        }
        return child.getStatus() == null
                || Objects.requireNonNullElse(child.getStatus().getActive(), 0) > 0
                || Objects.requireNonNullElse(child.getStatus().getTerminating(), 0) > 0
                || !Boolean.TRUE.equals(child.getSpec().getSuspend());
    }

    private static boolean areThere(FileJobResource job, Context<FileJobResource> context) {
        return context.getSecondaryResourcesAsStream(ConfigMap.class)
                .anyMatch(map -> List.of(WORKERS_OWN)
                                .contains(map.getMetadata().getLabels().getOrDefault(ClusterNames.ROLE, ""))
                        && job.getMetadata()
                                .getUid()
                                .equals(map.getMetadata().getLabels().get(ClusterNames.JOB_UID)));
    }

    /** Returns whether attempts to call the receiver follow, which the end of the FileJob would prevent. */
    private static boolean isCalling(FileJobStatus status) {
        return status.callback() != null && status.callback().nextAttemptTime() != null;
    }

    private Optional<Duration> untilTtl(FileJobResource job, FileJobStatus status, KubernetesClient client) {
        Integer ttl = job.getSpec().ttlSecondsAfterFinished();
        String ended = status.completionTime();
        if (ttl == null || ended == null || isCalling(status)) {
            return Optional.empty();
        }
        Duration left = Duration.between(clock.instant(), Instant.parse(ended).plusSeconds(ttl));
        if (left.isPositive()) {
            return Optional.of(left);
        }
        client.resource(job).lockResourceVersion().delete();
        return Optional.empty();
    }
}
