package io.filejob.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a job cannot continue for a reason that its user should know. The message names the location, the problem
 * and
 * the remedy. A retry would fail in the same way.
 */
public class JobFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A reason at the beginning of a message, more exact than the exit code's; it consists of at least two words. */
    private static final Pattern OWN_REASON = Pattern.compile("((?:[A-Z][a-z]+){2,}): ");

    /**
     * The maximum length of a message, in characters; longer ones are truncated, since they may quote texts of any
     * length.
     */
    private static final int MAX_MESSAGE = 4000;

    private final ExitCode exitCode;

    /** Creates a failure; {@code message} is shown to the user unchanged. */
    public JobFailedException(ExitCode exitCode, String message) {
        super(Excerpt.of(message, MAX_MESSAGE));
        this.exitCode = exitCode;
    }

    /** Creates a failure with a cause. */
    public JobFailedException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(Excerpt.of(message, MAX_MESSAGE), cause);
        this.exitCode = exitCode;
    }

    /** Returns the reason of the condition in the status, one word. */
    public final String reason() {
        Matcher own = OWN_REASON.matcher(String.valueOf(getMessage()));
        return own.lookingAt() ? own.group(1) : exitCode.reason();
    }

    /** Returns whether the failure is final, so that no attempt of the same job can succeed. */
    public final boolean endsJob() {
        return exitCode == ExitCode.BAD_INPUT || exitCode == ExitCode.BAD_MANIFEST;
    }

    /** Returns the exit status of the command. */
    public final ExitCode exitCode() {
        return exitCode;
    }
}
