package io.filejob.operator.api;

import io.filejob.model.FileJobStatus;
import io.filejob.model.Phase;
import org.jspecify.annotations.Nullable;

/** Whether a FileJob is over, which it then is for good. */
public final class Finished {
    private Finished() {}

    /** Complete or failed. */
    public static boolean is(@Nullable FileJobStatus status) {
        return hasFailed(status) || (status != null && status.phase() == Phase.COMPLETE);
    }

    /** Failed. */
    public static boolean hasFailed(@Nullable FileJobStatus status) {
        return status != null && status.phase() == Phase.FAILED;
    }
}
