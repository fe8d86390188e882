package io.filejob.ledger;

/** Determines the number of staging tables for the rows of a job. */
public final class TablePartitions {
    /** Number of input bytes for each partition, with which one statement merges a partition in about a second. */
    private static final long BYTES = 4L << 20;

    /**
     * Maximum number of partitions: COPY buffers rows for that many (PostgreSQL's {@code copyfrom.c}) and is slower
     * with more.
     */
    public static final long MAX = 32;

    private TablePartitions() {}

    /** Returns the number of partitions for {@code bytes} of input. */
    public static int of(long bytes) {
        return (int) Math.clamp(Math.ceilDiv(bytes, BYTES), 1, MAX);
    }
}
