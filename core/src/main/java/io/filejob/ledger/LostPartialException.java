package io.filejob.ledger;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import org.jspecify.annotations.Nullable;

/**
 * A partial result is missing or damaged. A worker repeats its slice; if that is not possible, the job fails and names
 * the file.
 */
public final class LostPartialException extends JobFailedException {
    private static final long serialVersionUID = 1L;

    private final String file;

    /**
     * Creates a failure; {@code file} is the name among the partial results, {@code message} names its location and the
     * problem.
     */
    public LostPartialException(String file, String message, @Nullable Throwable cause) {
        super(ExitCode.STORE_LOST, message, cause);
        this.file = file;
    }

    /** Returns the name of the file among the partial results. */
    public String file() {
        return file;
    }
}
