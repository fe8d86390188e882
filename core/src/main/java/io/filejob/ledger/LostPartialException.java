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

    /** The number of a slice that is not known. */
    public static final int UNKNOWN = -1;

    private final String file;
    private final int slice;

    /**
     * Creates a failure; {@code file} is the name among the partial results, {@code message} names its location and the
     * problem.
     */
    public LostPartialException(String file, String message, @Nullable Throwable cause) {
        this(file, UNKNOWN, message, cause);
    }

    /** Creates a failure of which the slice is known, since {@code file} is elsewhere. */
    public LostPartialException(String file, int slice, String message, @Nullable Throwable cause) {
        super(ExitCode.STORE_LOST, message, cause);
        this.file = file;
        this.slice = slice;
    }

    /** Returns the slice; {@link #UNKNOWN} if the file is the only clue. */
    public int slice() {
        return slice;
    }

    /** Returns the name of the file among the partial results. */
    public String file() {
        return file;
    }
}
