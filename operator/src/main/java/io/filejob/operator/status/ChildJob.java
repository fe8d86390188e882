package io.filejob.operator.status;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the status of a child Job; a missing Job has no conditions and no pods. */
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

    /** Returns the failure of {@code job}, even if some of its pods have not ended yet. */
    static Optional<JobCondition> failure(@Nullable Job job) {
        return condition(job, "Failed").or(() -> condition(job, "FailureTarget"));
    }

    /** Returns the success of {@code job}, even if some of its pods have not ended yet. */
    static Optional<JobCondition> success(@Nullable Job job) {
        return condition(job, "Complete").or(() -> condition(job, "SuccessCriteriaMet"));
    }

    static boolean isSuspended(@Nullable Job job) {
        return job != null && Boolean.TRUE.equals(job.getSpec().getSuspend());
    }

    /** Returns the number of ready pods. */
    public static int ready(@Nullable Job job) {
        return job == null || job.getStatus() == null || job.getStatus().getReady() == null
                ? 0
                : job.getStatus().getReady();
    }

    /** Returns the number of active pods, ready or not. */
    static int active(@Nullable Job job) {
        return job == null || job.getStatus() == null || job.getStatus().getActive() == null
                ? 0
                : job.getStatus().getActive();
    }
}
