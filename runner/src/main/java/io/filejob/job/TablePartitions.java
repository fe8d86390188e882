package io.filejob.job;

/** By how many tables the rows are divided that wait for the rest of a job's. */
public final class TablePartitions {
    /** Merging a partition is one statement: a second or less for so much input. */
    private static final long BYTES = 4L << 20;

    /** COPY has a buffer for each of so many (PostgreSQL's {@code copyfrom.c}), and is slower with more. */
    public static final long MOST = 32;

    private TablePartitions() {}

    /** For {@code bytes} of input. */
    public static int of(long bytes) {
        return (int) Math.clamp(Math.ceilDiv(bytes, BYTES), 1, MOST);
    }
}
