package io.filejob.failure;

import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a job cannot continue for a reason that its user should know. The message names the location, the problem
 * and the remedy. If the reason is more specific than the exit status, the message begins with it. A failure of a file
 * that is caused by the interruption of its thread always has {@link ExitCode#INTERRUPTED}.
 */
public class JobFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * The maximum length of a message, in characters; longer ones are truncated, since they may quote texts of any
     * length.
     */
    private static final int MAX_MESSAGE = 4000;
    /** The maximum length of a message with a line for each of many problems, in characters. */
    protected static final int MAX_PROBLEMS = 64_000;

    private final FailureReason reason;

    /** Creates a failure with the general reason for {@code exitCode}; {@code message} is shown to the user. */
    public JobFailedException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    /** Creates a failure with the general reason for {@code exitCode} and with a cause. */
    public JobFailedException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        this(FailureReason.of(exitCode), message, cause);
    }

    /** Creates a failure; {@code message} is shown to the user, after the reason if it is a specific one. */
    public JobFailedException(FailureReason reason, String message) {
        this(reason, message, null);
    }

    /** Creates a failure with a cause. */
    public JobFailedException(FailureReason reason, String message, @Nullable Throwable cause) {
        this(reason, message, MAX_MESSAGE, cause);
    }

    private JobFailedException(FailureReason reason, String message, int limit, @Nullable Throwable cause) {
        super(Excerpt.of(reasonFor(reason, cause).prefix() + message, limit), cause);
        this.reason = reasonFor(reason, cause);
    }

    /** Creates a failure with a message of at most {@code limit} characters, which may have several lines. */
    protected JobFailedException(ExitCode exitCode, String message, int limit) {
        this(FailureReason.of(exitCode), message, limit, null);
    }

    private static FailureReason reasonFor(FailureReason given, @Nullable Throwable cause) {
        return cause instanceof ClosedByInterruptException || cause instanceof FileLockInterruptionException
                ? FailureReason.of(ExitCode.INTERRUPTED)
                : given;
    }

    /** Returns a failure because of many problems; {@code message} has a line for each. */
    public static JobFailedException ofProblems(ExitCode exitCode, String message) {
        return new JobFailedException(FailureReason.of(exitCode), message, MAX_PROBLEMS, null);
    }

    /** Returns a failure with the same reason and with {@code text} after the message, caused by {@code cause}. */
    public final JobFailedException followedBy(String text, Throwable cause) {
        String message = String.valueOf(getMessage()).substring(reason.prefix().length());
        return new JobFailedException(reason, message + text, cause);
    }

    /** Returns the failure that a termination message states; {@code message} begins with the reason if it is specific. */
    public static JobFailedException stated(ExitCode exitCode, String message) {
        FailureReason reason = FailureReason.of(exitCode, message);
        return new JobFailedException(reason, message.substring(reason.prefix().length()));
    }

    /** Returns the reason. */
    public final FailureReason reason() {
        return reason;
    }

    /** Returns whether another attempt on this machine would fail in the same way: another input or spec is necessary. */
    public final boolean isFinalHere() {
        return reason.endsJob() || exitCode() == ExitCode.BAD_MANIFEST;
    }

    /** Returns the exit status of the command. */
    public final ExitCode exitCode() {
        return reason.exitCode();
    }
}
