package io.filejob.operator.api;

import io.filejob.cluster.ClusterNames;
import io.filejob.status.FileJobStatus;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The request to record profiles of the workers: the annotation {@link ClusterNames#PROFILE} of a FileJob with the value
 * {@code true}. It is no part of the spec, so that it does not change the job and can be set while workers run.
 */
public final class ProfileRequest {
    private ProfileRequest() {}

    /** Returns whether {@code job} has the annotation. */
    public static boolean isIn(FileJobResource job) {
        return ClusterNames.ON.equals(
                Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.<String, String>of())
                        .get(ClusterNames.PROFILE));
    }

    /** Returns the label selector of the profiles of {@code job}; null unless they are or have been requested. */
    public static @Nullable String selector(FileJobResource job) {
        FileJobStatus status = job.getStatus();
        return isIn(job)
                ? ClusterNames.profileSelector(job.getMetadata().getUid())
                : status == null ? null : status.profile();
    }
}
