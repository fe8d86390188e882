package io.filejob.storage.remote;

/** Fetches ranges of one remote input. Safe to use from any thread; ends soon after its thread is interrupted. */
@FunctionalInterface
public interface RangedGet {
    /**
     * Reads {@code length} bytes at offset {@code from} into {@code bytes}. Throws {@link io.filejob.failure.JobFailedException}
     * if they cannot be read, or if the version differs from the pinned one.
     */
    void get(long from, byte[] bytes, int length);
}
