package io.filejob.operator.status;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a child Job's status says; a Job that is not there says nothing. */
public final class ChildJob {
    private ChildJob() {}

    private static Optional<JobCondition> condition(@Nullable Job job, String type) {
        return Optional.ofNullable(job)
                .map(Job::getStatus)
                .flatMap(status -> Objects.requireNonNullElse(status.getConditions(), List.<JobCondition>of()).stream()
                        .filter(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals("True"))
                        .findFirst());
    }

    /** Why it has failed, also if some of its pods have not ended yet. */
    static Optional<JobCondition> failure(@Nullable Job job) {
        return condition(job, "Failed").or(() -> condition(job, "FailureTarget"));
    }

    /** That it is complete, also if some of its pods have not ended yet. */
    static Optional<JobCondition> success(@Nullable Job job) {
        return condition(job, "Complete").or(() -> condition(job, "SuccessCriteriaMet"));
    }

    static boolean isSuspended(@Nullable Job job) {
        return job != null && Boolean.TRUE.equals(job.getSpec().getSuspend());
    }

    /** Pods that are at work. */
    public static int ready(@Nullable Job job) {
        return job == null || job.getStatus() == null || job.getStatus().getReady() == null
                ? 0
                : job.getStatus().getReady();
    }

    /** Pods that are there, working or not. */
    static int active(@Nullable Job job) {
        return job == null || job.getStatus() == null || job.getStatus().getActive() == null
                ? 0
                : job.getStatus().getActive();
    }
}
