package io.filejob.model;

/**
 * The job cannot go on, and its user should know why: the message names what is wrong, where, and what helps. Trying
 * again changes nothing.
 */
public final class JobFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /** {@code message} is shown to the user as it is. */
    public JobFailure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** As {@link #JobFailure(ExitCode, String)}, with what brought it about. */
    public JobFailure(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What the command ends with. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
