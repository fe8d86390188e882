package io.filejob.operator.metrics;

import io.filejob.failure.FailureReason;
import io.filejob.metrics.JobMetrics;
import io.filejob.operation.JobOperation;
import io.filejob.operator.api.FileJobResource;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The limited values of labels. Safe to use from any thread. */
final class JobLabels {
    /** The value that stands for all others. */
    static final String OTHER = "other";

    private static final Set<String> REASONS = Stream.concat(
                    Arrays.stream(FailureReason.values()).map(FailureReason::text),
                    Stream.of(
                            "Complete",
                            "Cancelled",
                            // Of Kubernetes' Jobs.
                            "BackoffLimitExceeded",
                            "FailedIndexes",
                            "MaxFailedIndexesExceeded",
                            "PodFailurePolicy"))
            .collect(Collectors.toUnmodifiableSet());

    private final Set<String> namespaces = ConcurrentHashMap.newKeySet();
    private final int limit;

    JobLabels() {
        this(JobMetrics.MAX_NAMESPACES);
    }

    /** Creates labels with at most {@code limit} namespaces. */
    JobLabels(int limit) {
        this.limit = limit;
    }

    /** Returns the namespace of {@code job}, or {@link #OTHER} if there are too many. */
    String namespace(FileJobResource job) {
        String name = job.getMetadata().getNamespace();
        if (namespaces.contains(name)) {
            return name;
        }
        synchronized (namespaces) {
            return namespaces.size() < limit && namespaces.add(name) ? name : OTHER;
        }
    }

    /** Returns the name of the operation of {@code job}. */
    static String operation(FileJobResource job) {
        try {
            return JobOperation.of(job.getSpec()).type().name();
        } catch (IllegalStateException e) {
            return OTHER;
        }
    }

    /** Returns the reason for the end of a job. */
    static String reason(String reason) {
        return REASONS.contains(reason) ? reason : OTHER;
    }
}
