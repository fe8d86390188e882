package io.filejob.failure;

import java.util.Arrays;

/**
 * The exit statuses of commands, for scripts and for a Job's {@code podFailurePolicy}. The numbers are those of BSD's
 * {@code sysexits.h} if it has one, and 128 + the signal's number for signals.
 */
public enum ExitCode {
    /** The whole job is committed. */
    DONE(0, "the job is complete"),
    /** The command line is invalid. */
    USAGE(64, "invalid command line"),
    /** The input has bad data, or it changed while it was read. */
    BAD_INPUT(65, "bad input data, or an input that changed while it was read"),
    /** An input is missing or cannot be read. */
    NO_INPUT(66, "an input is missing or cannot be read"),
    /** A service, such as the API server, does not respond; a later attempt may succeed. */
    UNAVAILABLE(69, "a service, such as the API server, the database or object storage, does not respond"),
    /** An internal error occurred, or a slice kills its workers. */
    INTERNAL(70, "internal error, or a slice that has killed three workers"),
    /** The output cannot be written. */
    NO_OUTPUT(73, "the output cannot be written"),
    /** Scratch space or the store is full, read-only, damaged or belongs to another job. */
    STORE_LOST(74, "scratch space or the store is full, read-only or damaged, or belongs to another job or release"),
    /** The cluster, storage or a database refuses the worker's credentials, or the worker refuses its certificate. */
    CREDENTIALS_REFUSED(77, "credentials are missing or rejected, or a certificate is not trusted"),
    /** The manifest is invalid. */
    BAD_MANIFEST(78, "the manifest is invalid, or a table, column or Secret key that it names does not exist"),
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
