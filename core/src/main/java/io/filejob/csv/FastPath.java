package io.filejob.csv;

/**
 * Reads the simplest records directly from the bytes: a fast path for records that {@link RowConsumer} would otherwise get in
 * a batch. For one thread.
 */
public interface FastPath {
    /** At least this many bytes after the limit given to {@link #read} belong to the input. */
    int REACH = 512;

    /**
     * Processes the records from {@code from} on. Stops before the first record that begins at or after {@code limit}
     * or is not simple, and returns its start. Each simple record is one line.
     */
    int read(byte[] bytes, int from, int limit);

    /** Returns the number of records that the last {@link #read} processed. */
    int rows();
}
