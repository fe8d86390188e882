package io.filejob.read;

/**
 * Reads records that are as simple as records can be, right out of the bytes: a short cut for those that {@link Rows} would
 * get in a batch. For one thread.
 */
public interface PlainScan {
    /** Behind the limit that {@link #read} is given, so many bytes at least belong to the input. */
    int REACH = 512;

    /**
     * Uses the records from {@code from} on, up to the first that begins at {@code limit} or behind it, or is not simple;
     * where that begins. Each simple record is one line.
     */
    int read(byte[] bytes, int from, int limit);

    /** How many records the last {@link #read} used. */
    int rows();
}
