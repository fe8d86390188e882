package io.filejob.file;

import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import java.util.Locale;

/**
 * Progress and limits of an input listing, so that no folder, however large, exhausts the memory of a process and every
 * listing ends. Safe to use from any thread.
 */
public final class ListingProgress {
    /** Maximum number of input files. */
    static final int MAX_FILES = 1_000_000;

    /** Maximum number of names that a listing reads. */
    static final long MAX_NAMES = 20_000_000;

    /** A listing may use 1/{@value} of the maximum heap. */
    private static final int HEAP_SHARE = 8;

    /** Estimated memory of a file in bytes, besides its name. */
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

    /** Begins to count, from now on. */
    public ListingProgress() {
        this(Runtime.getRuntime().maxMemory() / HEAP_SHARE, MAX_NAMES);
    }

    /** Creates a progress with other limits, for tests. */
    public ListingProgress(long maxBytes, long maxNames) {
        this.maxBytes = maxBytes;
        this.maxNames = maxNames;
    }

    /** Begins listing {@code text}, an entry of {@code spec.input.files}. */
    public synchronized void begin(String text) {
        entry = text;
        at = text;
        changes++;
    }

    /** Begins reading the folder {@code place}, or the page after the name {@code place}. */
    public synchronized void enter(String place) {
        at = place;
        changes++;
    }

    /** Counts one name that was read. */
    public void name() {
        names(1);
    }

    /** Counts names that were read. */
    public synchronized void names(int count) {
        names += count;
        changes++;
        if (names > maxNames) {
            throw tooMany(String.format(Locale.ROOT, "more than %,d names to look at", maxNames));
        }
    }

    /** Counts one file that was found. */
    public synchronized void found(String name) {
        files++;
        if (files > MAX_FILES) {
            throw tooMany(String.format(Locale.ROOT, "more than %,d files", MAX_FILES));
        }
        hold(name);
    }

    /** Counts a file or folder name that is held in memory. */
    public synchronized void hold(String name) {
        held++;
        bytes += BYTES_PER_NAME + 2L * name.length();
        changes++;
        if (bytes > maxBytes) {
            throw tooMany(String.format(
                    Locale.ROOT,
                    "more than %,d files and folders, which is all that fits the %,d bytes of memory for a listing",
                    held - 1,
                    maxBytes));
        }
    }

    private JobFailedException tooMany(String what) {
        return new JobFailedException(
                FailureReason.TOO_MANY_FILES,
                "input " + entry + " gives " + what + "; name fewer files, or put them together into larger ones");
    }

    /** Returns the heap size in bytes that a process needs for the names that are held. */
    public synchronized long heap() {
        return bytes * HEAP_SHARE;
    }

    /** Returns a counter that changes while the listing makes progress. */
    public synchronized long changes() {
        return changes;
    }

    /** Describes the progress in words. */
    public synchronized String describe() {
        return String.format(Locale.ROOT, "listing input %s: %,d files so far, at %s", entry, files, at);
    }
}
