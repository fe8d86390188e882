package io.filejob.storage;

/** Fetches parts of one remote input. Safe to use from any thread; ends soon when its thread is interrupted. */
@FunctionalInterface
interface RangedGet {
    /**
     * Fills {@code bytes[0, length)} with what is there from {@code from} on. {@link io.filejob.model.JobFailure} if it
     * cannot be had, or not of the version that was pinned.
     */
    void get(long from, byte[] bytes, int length);
}
