package io.filejob.storage;

/** A file that is being written; nobody sees it before {@link #commit}. For one thread. */
public interface WholeFile extends AutoCloseable {
    /** Appends {@code length} bytes. */
    void write(byte[] bytes, int offset, int length);

    /** Says that nothing more is written, so that as little as can be is held until {@link #commit}. */
    default void finish() {}

    /** Makes the file appear, whole. */
    void commit();

    /** Gives up what is not committed. */
    @Override
    void close();
}
