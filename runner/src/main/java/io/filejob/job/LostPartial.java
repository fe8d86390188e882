package io.filejob.job;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import org.jspecify.annotations.Nullable;

/** A partial result is missing or damaged. A worker does its slice again; if nobody can, it fails the job by name. */
public final class LostPartial extends JobFailure {
    private static final long serialVersionUID = 1L;

    private final String file;

    /** {@code file} is the name among the partial results, {@code message} tells its location and what is wrong. */
    public LostPartial(String file, String message, @Nullable Throwable cause) {
        super(ExitCode.STORE_LOST, message, cause);
        this.file = file;
    }

    /** The name of the file among the partial results. */
    public String file() {
        return file;
    }
}
