package io.filejob.operator.api;

import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import org.jspecify.annotations.Nullable;

/** Tests whether a FileJob has reached a final phase, which changes again only by a {@link RedriveRequest}. */
public final class Phases {
    private Phases() {}

    /** Returns whether the job is complete or failed. */
    public static boolean isTerminal(@Nullable FileJobStatus status) {
        return hasFailed(status) || (status != null && status.phase() == Phase.COMPLETE);
    }

    /** Returns whether the job has failed. */
    public static boolean hasFailed(@Nullable FileJobStatus status) {
        return status != null && status.phase() == Phase.FAILED;
    }
}
