package io.filejob.operator.api;

import io.filejob.cluster.ClusterNames;
import io.filejob.status.FileJobStatus;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The request to do the failed part of a finished job again: the annotation {@value #ANNOTATION} of its FileJob with a
 * value that differs from the last one that was acted upon, for example {@code kubectl annotate fj/x
 * filejob.io/redrive=1}.
 */
public final class RedriveRequest {
    /** The annotation of a FileJob and, as soon as the redrive has begun, of its job's ConfigMap. */
    public static final String ANNOTATION = ClusterNames.REDRIVE;

    /** The maximum length of a value in characters; the rest is ignored. */
    private static final int MAX_LENGTH = 63;

    private RedriveRequest() {}

    /** Returns the value of the request; empty if {@code job} has not finished or there is no new request. */
    public static Optional<String> of(FileJobResource job) {
        FileJobStatus status = job.getStatus();
        Map<String, String> annotations =
                Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.of());
        String value = annotations.getOrDefault(ANNOTATION, "").strip();
        String used = value.substring(0, Math.min(value.length(), MAX_LENGTH));
        return status == null || !Phases.isTerminal(status) || used.isEmpty() || used.equals(status.redrive())
                ? Optional.empty()
                : Optional.of(used);
    }
}
