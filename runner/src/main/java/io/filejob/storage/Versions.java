package io.filejob.storage;

import io.filejob.job.Cut;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;

/** The refusal to continue a job of another release whose results do not fit those of this one. */
public final class Versions {
    private Versions() {}

    /** The failure of {@code what}, for example a store, whose job was planned with {@code protocol}. */
    public static JobFailure differ(String what, int protocol) {
        String release = protocol < Cut.PROTOCOL ? "an earlier" : "a later";
        return new JobFailure(
                ExitCode.STORE_LOST,
                "VersionMismatch: " + what + " belongs to a job that " + release
                        + " release of FileJob planned (protocol " + protocol + ", this one has " + Cut.PROTOCOL
                        + "): finish it with that release, or start a new job with a store of its own");
    }
}
