package io.filejob.file;

/** A file that is being written and stays invisible until {@link #commit}. For one thread. */
public interface PendingFile extends AutoCloseable {
    /** Appends {@code length} bytes. */
    void write(byte[] bytes, int offset, int length);

    /** Declares the content complete, so that as little as possible is held until {@link #commit}. */
    default void finish() {}

    /** Makes the complete file visible. */
    void commit();

    /** Discards the file unless it is committed. */
    @Override
    void close();
}
