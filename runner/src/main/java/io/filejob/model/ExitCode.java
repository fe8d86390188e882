package io.filejob.model;

import java.util.Arrays;

/**
 * The exit statuses of commands, for scripts and for a Job's {@code podFailurePolicy}. The numbers are those of BSD's
 * {@code sysexits.h} if it has one, and 128 + the signal's number for signals.
 */
public enum ExitCode {
    /** The whole job is committed. */
    DONE(0, "the whole job is committed"),
    /** The command line is invalid. */
    USAGE(64, "the command line is wrong"),
    /** The input has bad data, or it changed while it was read. */
    BAD_INPUT(65, "the input's data is bad, or changed while it was read"),
    /** An input is missing or cannot be read. */
    NO_INPUT(66, "an input is missing or cannot be read"),
    /** A service, such as the API server, does not respond; a later attempt may succeed. */
    UNAVAILABLE(69, "a service does not answer"),
    /** An internal error occurred, or a slice kills its workers. */
    INTERNAL(70, "an internal error, or a slice that kills its workers"),
    /** The output cannot be written. */
    NO_OUTPUT(73, "the output cannot be written"),
    /** Scratch space or the store is full, read-only, damaged or belongs to another job. */
    STORE_LOST(74, "scratch space or the store is full, read-only, damaged or another job's"),
    /** The cluster, storage or a database refuses the worker's credentials, or the worker refuses its certificate. */
    CREDENTIALS_REFUSED(77, "credentials are missing or refused, or a certificate is not trusted"),
    /** The manifest is invalid. */
    BAD_MANIFEST(78, "the manifest is wrong"),
    /** Interrupted (SIGINT). */
    INTERRUPTED(130, "interrupted"),
    /** Terminated (SIGTERM). */
    TERMINATED(143, "terminated");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** Returns the exit status of the process. */
    public int number() {
        return number;
    }

    /** Returns the code with this number, or {@link #INTERNAL} if no command of FileJob ends with it. */
    public static ExitCode of(int number) {
        return Arrays.stream(values())
                .filter(code -> code.number == number)
                .findFirst()
                .orElse(INTERNAL);
    }

    /** Returns a short description for help texts. */
    public String meaning() {
        return meaning;
    }
}
