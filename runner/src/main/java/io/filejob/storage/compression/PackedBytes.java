package io.filejob.storage.compression;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;

/**
 * The bytes of a source from the first to the last. A failure to read them is a {@link JobFailedException}, whereas an error in
 * their content is an {@link IOException}.
 */
final class PackedBytes extends InputStream {
    private static final int BUFFER_BYTES = 64 << 10;

    private final ByteSource source;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long position;
    private int next;
    private int end;

    PackedBytes(ByteSource source) {
        this.source = source;
    }

    /** Returns the number of bytes taken from the source. */
    long position() {
        return position;
    }

    /** Returns whether there are no more bytes. */
    boolean atEnd() {
        if (next < end) {
            return false;
        }
        try {
            next = 0;
            end = Math.max(0, source.read(position, buffer, 0, buffer.length));
            position += end;
            return end == 0;
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_INPUT, "input " + source.name() + " cannot be read: " + IoReason.of(e), e);
        }
    }

    @Override
    public int read() {
        return atEnd() ? -1 : buffer[next++] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (atEnd()) {
            return -1;
        }
        int count = Math.min(length, end - next);
        System.arraycopy(buffer, next, bytes, offset, count);
        next += count;
        return count;
    }

    /** Passes at least one byte to {@code inflater}. */
    void feed(Inflater inflater) throws EOFException {
        if (atEnd()) {
            throw new EOFException("it ends too early");
        }
        inflater.setInput(buffer, next, end - next);
        next = end;
    }

    /**
     * Returns the last {@code count} bytes to the buffer; they must have been read since the last call of {@link
     * #atEnd}.
     */
    void unread(int count) {
        next -= count;
    }
}
