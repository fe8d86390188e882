package io.filejob.operator.api;

import io.filejob.cluster.ClusterNames;
import java.util.Map;
import java.util.Objects;

/**
 * The request to stop a job, which then has failed: the annotation {@link ClusterNames#CANCEL} of its FileJob with any
 * text, for example {@code kubectl annotate fj/x filejob.io/cancel=yes}.
 */
public final class CancelRequest {
    private CancelRequest() {}

    /** Returns whether {@code job} has the annotation. */
    public static boolean isIn(FileJobResource job) {
        return !Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.<String, String>of())
                .getOrDefault(ClusterNames.CANCEL, "")
                .isBlank();
    }
}
