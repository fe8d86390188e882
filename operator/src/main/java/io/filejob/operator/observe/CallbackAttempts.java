package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.filejob.cluster.ClusterNames;
import io.filejob.failure.JobFailedException;
import io.filejob.operator.api.FileJobResource;
import io.filejob.status.FileJobStatus;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The observed attempts to call the receiver of {@code spec.callback}.
 *
 * @param all the attempts with an existing Job, in no particular order
 * @param forbidden the reason why the chart's policy does not allow an attempt, null if it does
 */
public record CallbackAttempts(
        List<CallbackAttempt> all, @Nullable String forbidden) {
    /** No attempt was made, and nothing forbids one. */
    public static final CallbackAttempts NONE = new CallbackAttempts(List.of(), null);

    /** Observes the attempts of {@code job}. */
    static CallbackAttempts of(FileJobResource job, Context<FileJobResource> context, Policy policy, Instant now) {
        if (job.getSpec().callback() == null) {
            return NONE;
        }
        List<Pod> pods = context.getSecondaryResourcesAsStream(Pod.class).toList();
        List<CallbackAttempt> attempts = context.getSecondaryResourcesAsStream(Job.class)
                .filter(each -> Ownership.by(job, each)
                        && ClusterNames.ROLE_CALLBACK.equals(
                                each.getMetadata().getLabels().get(ClusterNames.ROLE)))
                .map(each -> CallbackAttempt.of(each, pods, now))
                .filter(Objects::nonNull)
                .toList();
        return new CallbackAttempts(attempts, forbidden(job, policy));
    }

    private static @Nullable String forbidden(FileJobResource job, Policy policy) {
        try {
            policy.checkCallback(job.getSpec());
            return null;
        } catch (JobFailedException refusal) {
            return refusal.getMessage();
        }
    }

    /** Returns attempt {@code number} at the message about the end in {@code status}, if its Job exists. */
    public Optional<CallbackAttempt> find(int number, FileJobStatus status) {
        return all.stream()
                .filter(attempt -> attempt.number() == number && attempt.isCurrent(status))
                .findFirst();
    }
}
