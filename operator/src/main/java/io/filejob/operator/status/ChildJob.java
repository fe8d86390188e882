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

    static Optional<JobCondition> condition(@Nullable Job job, String type) {
        return Optional.ofNullable(job)
                .map(Job::getStatus)
                .flatMap(status -> Objects.requireNonNullElse(status.getConditions(), List.<JobCondition>of()).stream()
                        .filter(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals("True"))
                        .findFirst());
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
