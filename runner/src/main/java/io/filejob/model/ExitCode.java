package io.filejob.model;

/**
 * How a command ended, for scripts and for a Job's {@code podFailurePolicy}. The numbers are those of BSD's
 * {@code sysexits.h} where it has one, and 128 + the signal's number for signals.
 */
public enum ExitCode {
    /** The whole job is committed. */
    DONE(0, "the whole job is committed"),
    /** The command line is wrong. */
    USAGE(64, "the command line is wrong"),
    /** The input's content is bad, or it changed while it was read. */
    BAD_INPUT(65, "the input's data is bad, or changed while it was read"),
    /** An input is missing or cannot be read. */
    NO_INPUT(66, "an input is missing or cannot be read"),
    /** Something went wrong inside, or a slice kills its workers. */
    INTERNAL(70, "an internal error, or a slice that kills its workers"),
    /** The output cannot be written. */
    NO_OUTPUT(73, "the output cannot be written"),
    /** Scratch space or the store is full, read-only, damaged or another job's. */
    STORE_LOST(74, "scratch space or the store is full, read-only, damaged or another job's"),
    /** The manifest is wrong. */
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

    /** The process's exit status. */
    public int number() {
        return number;
    }

    /** For help texts, in a few words. */
    public String meaning() {
        return meaning;
    }
}
