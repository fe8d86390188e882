package io.filejob.read;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * The part of a file that is in memory: {@code bytes[0, end)} are the file's bytes from {@code base} on. At least
 * {@link #SLACK} bytes after {@code end} may be read and mean nothing. The buffer is kept from file to file.
 */
final class Window {
    /** Bytes behind {@code end} that a scanner may read. */
    static final int SLACK = 72;

    /** Less than this is not worth a system call. */
    private static final int LEAST_READ = 16 << 10;

    private static final int MIB = 1 << 20;

    byte[] bytes;
    int end;
    long base;

    private final int recordLimit;
    private ByteSource source;
    private long size;

    /** With room for {@code capacity} bytes to begin with, and in time for a record of {@code recordLimit}. */
    @SuppressWarnings("NullAway.Init") // open() comes first
    Window(int capacity, int recordLimit) {
        this.recordLimit = recordLimit;
        grow(capacity);
    }

    /** The longest record in bytes that is read through this window. */
    int recordLimit() {
        return recordLimit;
    }

    /** The reason to reject a longer record. */
    String tooLong() {
        return "record longer than " + recordLimitText() + ": is a quote opened here and never closed?";
    }

    /** The longest record, for messages. */
    String recordLimitText() {
        return recordLimit % MIB == 0
                ? recordLimit / MIB + " MiB"
                : String.format(Locale.ROOT, "%,d bytes", recordLimit);
    }

    /** From now on the window is one on {@code input}; nothing is read yet. */
    void open(ByteSource input) {
        source = input;
        size = input.size() == ByteSource.UNKNOWN ? Long.MAX_VALUE : input.size();
        base = 0;
        end = 0;
    }

    String name() {
        return source.name();
    }

    /** {@link Long#MAX_VALUE} as long as the end of a source of unknown size has not been seen. */
    long size() {
        return size;
    }

    int capacity() {
        return bytes.length - SLACK;
    }

    /** Whether the window reaches the end of the file. */
    boolean atEndOfFile() {
        return base + end == size;
    }

    /** The index of {@code offset}, to which the window is moved if it does not hold it; nothing is read. */
    int seek(long offset) {
        if (offset < base || offset > base + end) {
            base = offset;
            end = 0;
        }
        return (int) (offset - base);
    }

    /**
     * Moves the byte at index {@code keep} to index 0 and reads on: up to offset {@code until} if that is possible, and
     * beyond where it is reached already, by as much as is kept, so that a long record is looked at a few times only. Where
     * there is no room, the buffer doubles.
     *
     * @return false at the end of the file, where nothing has changed
     */
    boolean more(int keep, long until) throws IOException {
        if (atEndOfFile()) {
            return false;
        }
        if (keep == 0 && end == capacity()) {
            grow(nextCapacity());
        }
        System.arraycopy(bytes, keep, bytes, 0, end - keep);
        base += keep;
        end -= keep;
        long next = base + end;
        long wanted = Math.min(Math.max(until - next, Math.max(LEAST_READ, end)), size - next);
        int limit = end + (int) Math.min(wanted, capacity() - end);
        while (end < limit) {
            int read = source.read(base + end, bytes, end, limit - end);
            if (read < 0) {
                if (source.size() != ByteSource.UNKNOWN) {
                    throw changed("it ends at byte " + (base + end) + " and had " + size + " bytes");
                }
                size = base + end;
                return true;
            }
            end += read;
        }
        return true;
    }

    /**
     * Moves the byte at index {@code keep} to index 0 if need be and reads on until the window holds the file up to offset
     * {@code until}, or all of it; the index of that byte.
     */
    int hold(int keep, long until) throws IOException {
        int p = keep;
        while (base + end < until && more(p, until)) {
            p = 0;
        }
        return p;
    }

    /** Where a record that starts at index {@code from} is cut off at the latest, so that all windows say the same of it. */
    int reach(int from) {
        return (int) Math.min(end, from + recordLimit + 1L);
    }

    /** Whether the file ends at index {@code edge}. */
    boolean endsAt(int edge) {
        return edge == end && atEndOfFile();
    }

    /** Twice as much, but no more than a record takes. */
    private int nextCapacity() {
        int most = recordLimit + (64 << 10);
        return capacity() < most ? Math.min(2 * capacity(), most) : 2 * capacity();
    }

    private JobFailure changed(String how) {
        return new JobFailure(ExitCode.BAD_INPUT, "InputChanged: " + source.name() + ": " + how);
    }

    private void grow(int capacity) {
        bytes = bytes == null ? new byte[capacity + SLACK] : Arrays.copyOf(bytes, capacity + SLACK);
    }
}
