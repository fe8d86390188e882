package io.filejob.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The job cannot go on, and its user should know why: the message names what is wrong, where, and what helps. Trying
 * again changes nothing.
 */
public class JobFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A message may begin with a reason of its own, more exact than the exit code's: two words or more. */
    private static final Pattern OWN_REASON = Pattern.compile("((?:[A-Z][a-z]+){2,}): ");

    /** A longer message is cut: it may quote texts of any length. */
    private static final int MAX_MESSAGE = 4000;

    private final ExitCode exitCode;

    /** {@code message} is shown to the user as it is. */
    public JobFailure(ExitCode exitCode, String message) {
        super(Excerpt.of(message, MAX_MESSAGE));
        this.exitCode = exitCode;
    }

    /** As {@link #JobFailure(ExitCode, String)}, with what brought it about. */
    public JobFailure(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(Excerpt.of(message, MAX_MESSAGE), cause);
        this.exitCode = exitCode;
    }

    /** The reason of the condition in the status, one word. */
    public final String reason() {
        Matcher own = OWN_REASON.matcher(String.valueOf(getMessage()));
        return own.lookingAt() ? own.group(1) : exitCode.reason();
    }

    /** Whether the same job can never go on. */
    public final boolean endsJob() {
        return exitCode == ExitCode.BAD_INPUT || exitCode == ExitCode.BAD_MANIFEST;
    }

    /** What the command ends with. */
    public final ExitCode exitCode() {
        return exitCode;
    }
}
