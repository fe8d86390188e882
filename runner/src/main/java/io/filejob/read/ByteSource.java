package io.filejob.read;

import java.io.Closeable;
import java.io.IOException;

/**
 * The bytes of one input. One instance serves one thread; what it cannot do is a {@link io.filejob.model.JobFailure} that
 * names the input, or an {@link IOException}, to which whoever reads adds the name.
 */
public interface ByteSource extends Closeable {
    /** The size of an input of which only reading tells it. */
    long UNKNOWN = -1;

    /** Its path or URI, for messages. */
    String name();

    /**
     * In bytes, as pinned by the plan; {@link #UNKNOWN} where it is unpacked while it is read. Such a one is read from
     * position 0 on and never back.
     */
    long size();

    /** Reads up to {@code length} bytes from {@code position} on into {@code bytes}; how many, at least 1, or -1 at the end. */
    int read(long position, byte[] bytes, int offset, int length) throws IOException;

    /** Says that what lies in {@code [from, to)} will be read soon, in order; it may be fetched ahead. */
    default void expect(long from, long to) {}

    /** {@link io.filejob.model.JobFailure} if the input is not any more what was pinned. */
    default void checkUnchanged() {}
}
