package io.filejob.operator.api;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a Job is suspended, and by the operator or by somebody else. */
public final class JobSuspension {
    /** Annotation of a Job: {@code true} if the operator has suspended it, {@code false} if not. */
    public static final String BY_OPERATOR = "filejob.io/suspended";

    private JobSuspension() {}

    /** Whether it has no pods, or will soon have none. */
    public static boolean isSuspended(@Nullable Job job) {
        return job != null && Boolean.TRUE.equals(job.getSpec().getSuspend());
    }

    /** Whether a queue decides when it runs, from its own label: admission may have set that. */
    public static boolean isQueued(Job job) {
        return Objects.requireNonNullElse(job.getMetadata().getLabels(), Map.of())
                .containsKey(Names.QUEUE);
    }

    /** Whether the operator has suspended it. Jobs made before that was written down are the operator's without a queue. */
    public static boolean isOurs(Job job) {
        String written = Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.<String, String>of())
                .get(BY_OPERATOR);
        return written == null ? isSuspended(job) && !isQueued(job) : written.equals("true");
    }

    /** Whether it waits for a queue, or for whoever else has suspended it. */
    public static boolean isHeldByOthers(@Nullable Job job) {
        return job != null && isSuspended(job) && !isOurs(job);
    }
}
