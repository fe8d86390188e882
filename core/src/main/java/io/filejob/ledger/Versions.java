package io.filejob.ledger;

import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.Cut;

/** Refuses to continue a job of another release with results that are not compatible with this one. */
public final class Versions {
    private Versions() {}

    /** Returns the failure for {@code what}, for example a store, of a job that was planned with {@code protocol}. */
    public static JobFailedException differ(String what, int protocol) {
        String release = protocol < Cut.PROTOCOL ? "an earlier" : "a later";
        return new JobFailedException(
                FailureReason.VERSION_MISMATCH,
                "" + what + " belongs to a job that " + release
                        + " release of FileJob planned (protocol " + protocol + ", this one has " + Cut.PROTOCOL
                        + "): finish it with that release, or start a new job with a store of its own");
    }
}
