package io.filejob.storage;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;

/**
 * How far a listing of inputs is, and its limits: no folder, however large, takes up the memory of a process, and none is
 * listed without end. Safe to use from any thread.
 */
final class ListingProgress {
    /** The most files that an input may have. */
    static final int MAX_FILES = 1_000_000;

    /** The most names that are looked at to find them. */
    static final long MAX_NAMES = 20_000_000;

    /** A listing takes at most one part in so many of the heap. */
    private static final int HEAP_SHARE = 8;

    /** About what a file takes besides its name. */
    private static final int BYTES_PER_NAME = 300;

    private final long maxBytes;
    private final long maxNames;
    private String entry = "";
    private String at = "";
    private long names;
    private int files;
    private int held;
    private long bytes;
    private long changes;

    ListingProgress() {
        this(Runtime.getRuntime().maxMemory() / HEAP_SHARE, MAX_NAMES);
    }

    /** With other limits, for tests. */
    ListingProgress(long maxBytes, long maxNames) {
        this.maxBytes = maxBytes;
        this.maxNames = maxNames;
    }

    /** From now on {@code text} of {@code spec.input.files} is listed. */
    synchronized void begin(String text) {
        entry = text;
        at = text;
        changes++;
    }

    /** From now on the folder, or the page after the name, {@code place} is read. */
    synchronized void enter(String place) {
        at = place;
        changes++;
    }

    /** One more name was read. */
    void name() {
        names(1);
    }

    /** So many more names were read. */
    synchronized void names(int count) {
        names += count;
        changes++;
        if (names > maxNames) {
            throw tooMany(String.format("more than %,d names to look at", maxNames));
        }
    }

    /** One more file was found. */
    synchronized void found(String name) {
        files++;
        if (files > MAX_FILES) {
            throw tooMany(String.format("more than %,d files", MAX_FILES));
        }
        hold(name);
    }

    /** One more file or folder of this name is held in memory. */
    synchronized void hold(String name) {
        held++;
        bytes += BYTES_PER_NAME + 2L * name.length();
        changes++;
        if (bytes > maxBytes) {
            throw tooMany(String.format(
                    "more than %,d files and folders, which is all that fits the %,d bytes of memory for a listing",
                    held - 1, maxBytes));
        }
    }

    private JobFailure tooMany(String what) {
        return new JobFailure(
                ExitCode.BAD_MANIFEST,
                "TooManyFiles: input " + entry + " gives " + what
                        + "; name fewer files, or put them together into larger ones");
    }

    /** Changes while the listing goes on. */
    synchronized long changes() {
        return changes;
    }

    /** What is waited for, in words. */
    synchronized String describe() {
        return String.format("listing input %s: %,d files so far, at %s", entry, files, at);
    }
}
