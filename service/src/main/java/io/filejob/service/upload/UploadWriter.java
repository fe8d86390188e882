package io.filejob.service.upload;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes to an upload. For one thread. */
public interface UploadWriter extends AutoCloseable {
    /** Appends {@code bytes}. */
    void write(ByteBuffer bytes) throws IOException;

    /** Returns the number of bytes of the upload, of all writers. */
    long offset();

    /** Returns the SHA-256 of all bytes, for example {@code sha256:9f86...}. */
    String digest() throws IOException;

    /** Makes the upload complete and visible to jobs. */
    Upload complete() throws IOException;

    /** Keeps the bytes that were written, so that another writer can continue. */
    @Override
    void close() throws IOException;
}
