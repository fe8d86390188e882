package io.filejob.cluster;

import io.filejob.api.FileJob;

/** The request to record a profile: the annotation {@link ClusterNames#PROFILE} of a FileJob. */
public final class ProfileRequests {
    private ProfileRequests() {}

    /** Returns whether {@code job} has the annotation. */
    public static boolean isIn(FileJob job) {
        return ClusterNames.ON.equals(
                job.metadata().path("annotations").path(ClusterNames.PROFILE).textValue());
    }
}
