package io.filejob.failure;

import java.util.Arrays;
import java.util.List;

/**
 * The reasons for which a job fails, each with the exit status of the command and whether another attempt may succeed.
 * All reasons with the same exit status have the same retryability, since a Job's {@code podFailurePolicy} sees only the
 * exit status.
 */
public enum FailureReason {
    /** The command line is invalid. */
    USAGE(ExitCode.USAGE, Retry.WITH_BACK_OFF, "Usage"),
    /** The input has bad data. */
    BAD_INPUT(ExitCode.BAD_INPUT, Retry.NEVER, "BadInput"),
    /** The input has changed since it was listed. */
    INPUT_CHANGED(BAD_INPUT, "InputChanged"),
    /** An input is missing or cannot be read. */
    INPUT_MISSING(ExitCode.NO_INPUT, Retry.UNTIL_CONFIRMED, "InputMissing"),
    /** A service does not respond. */
    UNAVAILABLE(ExitCode.UNAVAILABLE, Retry.WITH_BACK_OFF, "Unavailable"),
    /** An internal error occurred, or a slice kills its workers. */
    INTERNAL_ERROR(ExitCode.INTERNAL, Retry.WITH_BACK_OFF, "InternalError"),
    /** Workers failed too often. */
    WORKERS_DIED(INTERNAL_ERROR, "WorkersDied"),
    /** The output cannot be written. */
    OUTPUT_NOT_WRITABLE(ExitCode.NO_OUTPUT, Retry.UNTIL_CONFIRMED, "OutputNotWritable"),
    /** Scratch space or the store is full, read-only, damaged or belongs to another job. */
    STORE_LOST(ExitCode.STORE_LOST, Retry.WHILE_OTHERS_WORK, "StoreLost"),
    /** The job was planned by another release. */
    VERSION_MISMATCH(STORE_LOST, "VersionMismatch"),
    /** Partial results do not fit their store. */
    PARTIAL_TOO_LARGE(STORE_LOST, "PartialTooLarge"),
    /** The namespace's quota does not allow an object. */
    QUOTA_EXCEEDED(STORE_LOST, "QuotaExceeded"),
    /** Credentials are missing or refused, or a certificate is not trusted. */
    CREDENTIALS_REFUSED(ExitCode.CREDENTIALS_REFUSED, Retry.UNTIL_CONFIRMED, "CredentialsRefused"),
    /**
     * The manifest is invalid. The operator refuses most of these manifests before a worker starts; the rest depends on
     * the worker's Secrets, volumes and services.
     */
    BAD_MANIFEST(ExitCode.BAD_MANIFEST, Retry.UNTIL_CONFIRMED, "BadManifest"),
    /** The input has more files than a job can list. */
    TOO_MANY_FILES(BAD_MANIFEST, "TooManyFiles"),
    /** Interrupted (SIGINT). */
    INTERRUPTED(ExitCode.INTERRUPTED, Retry.WITH_BACK_OFF, "Interrupted"),
    /** Terminated (SIGTERM). */
    TERMINATED(ExitCode.TERMINATED, Retry.WITH_BACK_OFF, "Terminated"),
    /** The job has run longer than {@code spec.activeDeadlineSeconds}. */
    DEADLINE_EXCEEDED(TERMINATED, "DeadlineExceeded");

    /** Whether another attempt may succeed. */
    public enum Retry {
        /** Every attempt fails in the same way, since the cause is in the planned input; the job ends at once. */
        NEVER,
        /**
         * A worker on another node may succeed, since the cause may be a disk, mount or clock of this one. The job ends
         * when workers on two nodes report the same failure, or when several failed and no other one is left.
         */
        UNTIL_CONFIRMED,
        /**
         * Another worker may succeed, since the cause may be a resource that each worker needs for itself, such as
         * scratch space. The job ends when several failed and no other one is left.
         */
        WHILE_OTHERS_WORK,
        /** A later attempt may succeed; attempts count against the back-off limit of the worker's index. */
        WITH_BACK_OFF
    }

    private final ExitCode exitCode;
    private final Retry retry;
    private final String text;
    private final boolean isGeneral;

    /** Creates the general reason for an exit code. */
    FailureReason(ExitCode exitCode, Retry retry, String text) {
        this.exitCode = exitCode;
        this.retry = retry;
        this.text = text;
        this.isGeneral = true;
    }

    /** Creates a reason that is more specific than {@code general}. */
    FailureReason(FailureReason general, String text) {
        this.exitCode = general.exitCode;
        this.retry = general.retry;
        this.text = text;
        this.isGeneral = false;
    }

    /** Returns the general reason for {@code code}; {@link #INTERNAL_ERROR} if there is none. */
    public static FailureReason of(ExitCode code) {
        return Arrays.stream(values())
                .filter(reason -> reason.isGeneral && reason.exitCode == code)
                .findFirst()
                .orElse(INTERNAL_ERROR);
    }

    /**
     * Returns the reason that a termination message states: the specific one with this exit code whose text the message
     * begins with, or else the general one.
     */
    public static FailureReason of(ExitCode code, String message) {
        return Arrays.stream(values())
                .filter(reason -> reason.exitCode == code && message.startsWith(reason.prefix()))
                .max((one, other) ->
                        Integer.compare(one.prefix().length(), other.prefix().length()))
                .orElseGet(() -> of(code));
    }

    /** Returns the exit statuses that end a job at once, in ascending order. */
    public static List<Integer> endingExitCodes() {
        return Arrays.stream(values())
                .filter(FailureReason::endsJob)
                .map(reason -> reason.exitCode.number())
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the exit status of the command. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** Returns whether another attempt may succeed. */
    public Retry retry() {
        return retry;
    }

    /** Returns whether every worker would fail in the same way, so that the job ends at once. */
    public boolean endsJob() {
        return retry == Retry.NEVER;
    }

    /** Returns whether the cause may be limited to the node or the resources of the worker that reports it. */
    public boolean mayBeLocal() {
        return retry == Retry.UNTIL_CONFIRMED || retry == Retry.WHILE_OTHERS_WORK;
    }

    /** Returns the reason of the condition in the status: one word, for programs. */
    public String text() {
        return text;
    }

    /** Returns the beginning of messages: the text of a specific reason, or nothing. */
    String prefix() {
        return isGeneral ? "" : text + ": ";
    }
}
