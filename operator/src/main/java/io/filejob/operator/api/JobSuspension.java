package io.filejob.operator.api;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Determines whether a Job is suspended, and whether the operator or another party suspended it. */
public final class JobSuspension {
    /** Annotation of a Job: {@code true} if the operator has suspended it, otherwise {@code false}. */
    public static final String BY_OPERATOR = "filejob.io/suspended";

    private JobSuspension() {}

    /** Returns whether {@code job} is suspended: it has no pods, or soon will not have any. */
    public static boolean isSuspended(@Nullable Job job) {
        return job != null && Boolean.TRUE.equals(job.getSpec().getSuspend());
    }

    /**
     * Returns whether a queue decides when {@code job} runs. The Job's own label counts, since admission may have set
     * it.
     */
    public static boolean isQueued(Job job) {
        return Objects.requireNonNullElse(job.getMetadata().getLabels(), Map.of())
                .containsKey(Names.QUEUE);
    }

    /**
     * Returns whether the operator has suspended {@code job}. A Job from a release without the annotation counts as
     * suspended by the operator if it has no queue.
     */
    public static boolean isOurs(Job job) {
        String written = Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.<String, String>of())
                .get(BY_OPERATOR);
        return written == null ? isSuspended(job) && !isQueued(job) : written.equals("true");
    }

    /** Returns whether {@code job} is suspended by a queue or by another party than the operator. */
    public static boolean isHeldByOthers(@Nullable Job job) {
        return job != null && isSuspended(job) && !isOurs(job);
    }
}
