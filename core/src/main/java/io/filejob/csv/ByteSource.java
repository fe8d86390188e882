package io.filejob.csv;

import java.io.Closeable;
import java.io.IOException;

/**
 * The bytes of one input. An instance serves one thread. Failures are thrown as a {@link io.filejob.failure.JobFailedException}
 * that names the input, or as an {@link IOException}, to which the caller adds the name.
 */
public interface ByteSource extends Closeable {
    /** The size of an input that is known only after reading it. */
    long UNKNOWN = -1;

    /** Returns the path or URI of the input, for messages. */
    String name();

    /**
     * Returns the size in bytes as pinned by the plan, or {@link #UNKNOWN} if the input is decompressed while it is
     * read. An input of unknown size can only be read forwards, starting at position 0.
     */
    long size();

    /**
     * Reads up to {@code length} bytes at {@code position} into {@code bytes}; returns the number of bytes read, at
     * least 1, or -1 at the end.
     */
    int read(long position, byte[] bytes, int offset, int length) throws IOException;

    /**
     * Returns the number of stored bytes that reading up to {@code position} takes, which differs from {@code position} if
     * the input is decompressed; may be called only for the end of the last read.
     */
    default long stored(long position) {
        return position;
    }

    /** Announces that {@code [from, to)} will be read soon, in order, so that it can be fetched ahead. */
    default void expect(long from, long to) {}

    /** Throws {@link io.filejob.failure.JobFailedException} if the input is no longer the pinned one. */
    default void checkUnchanged() {}
}
