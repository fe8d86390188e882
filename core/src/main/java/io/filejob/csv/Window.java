package io.filejob.csv;

import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * The part of a file that is in memory: {@code bytes[0, end)} are the file's bytes from offset {@code base} on. At
 * least {@link #SLACK} bytes after {@code end} may be read; their values are undefined. The buffer is reused for the
 * next file.
 */
final class Window {
    /** Bytes after {@code end} that a scanner may read. */
    static final int SLACK = 72;

    /** Minimum number of bytes worth a system call. */
    private static final int MIN_READ = 16 << 10;

    private static final int MIB = 1 << 20;

    byte[] bytes;
    int end;
    long base;

    private final int recordLimit;
    private ByteSource source;
    private long size;
    private long readNanos;

    /**
     * Creates a window of initially {@code capacity} bytes, which grows until a record of {@code recordLimit} bytes
     * fits.
     */
    @SuppressWarnings("NullAway.Init") // open() comes first
    Window(int capacity, int recordLimit) {
        this.recordLimit = recordLimit;
        grow(capacity);
    }

    /** Returns the time in nanoseconds that all reads so far have taken. */
    long readNanos() {
        return readNanos;
    }

    /** Returns the length limit in bytes for records read through this window. */
    int recordLimit() {
        return recordLimit;
    }

    /** Returns the reason to reject a record beyond the limit. */
    String tooLong() {
        return "record longer than " + recordLimitText() + ": is a quote opened here and never closed?";
    }

    /** Returns the record limit as text for messages. */
    String recordLimitText() {
        return recordLimit % MIB == 0
                ? recordLimit / MIB + " MiB"
                : String.format(Locale.ROOT, "%,d bytes", recordLimit);
    }

    /** Switches the window to {@code input}; nothing is read yet. */
    void open(ByteSource input) {
        source = input;
        size = input.size() == ByteSource.UNKNOWN ? Long.MAX_VALUE : input.size();
        base = 0;
        end = 0;
    }

    String name() {
        return source.name();
    }

    /** Returns the size; {@link Long#MAX_VALUE} until the end of a source of unknown size has been seen. */
    long size() {
        return size;
    }

    int capacity() {
        return bytes.length - SLACK;
    }

    /** Returns whether the window reaches the end of the file. */
    boolean atEndOfFile() {
        return base + end == size;
    }

    /** Returns the index of {@code offset}, moving the window if it does not contain the offset; nothing is read. */
    int seek(long offset) {
        if (offset < base || offset > base + end) {
            base = offset;
            end = 0;
        }
        return (int) (offset - base);
    }

    /**
     * Moves the byte at index {@code keep} to index 0 and reads on, up to offset {@code until} if possible. If the
     * window already reaches {@code until}, it reads as many bytes as it keeps, so that a long record is scanned only a
     * few times. The buffer doubles if it is full.
     *
     * @return false at the end of the file, with nothing changed
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
        long wanted = Math.min(Math.max(until - next, Math.max(MIN_READ, end)), size - next);
        int limit = end + (int) Math.min(wanted, capacity() - end);
        while (end < limit) {
            long begun = System.nanoTime();
            int read = source.read(base + end, bytes, end, limit - end);
            readNanos += System.nanoTime() - begun;
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
     * Moves the byte at index {@code keep} to index 0 if necessary and reads on until the window contains the file up
     * to offset {@code until}, or all of it.
     *
     * @return the new index of that byte
     */
    int hold(int keep, long until) throws IOException {
        int p = keep;
        while (base + end < until && more(p, until)) {
            p = 0;
        }
        return p;
    }

    /**
     * Returns the index at which a record that starts at {@code from} is cut off at the latest, so that the result for
     * it does not depend on the window.
     */
    int reach(int from) {
        return (int) Math.min(end, from + recordLimit + 1L);
    }

    /** Returns whether the file ends at index {@code edge}. */
    boolean endsAt(int edge) {
        return edge == end && atEndOfFile();
    }

    /** Returns twice the capacity, limited to the need of the longest record. */
    private int nextCapacity() {
        int most = recordLimit + (64 << 10);
        return capacity() < most ? Math.min(2 * capacity(), most) : 2 * capacity();
    }

    private JobFailedException changed(String how) {
        return new JobFailedException(FailureReason.INPUT_CHANGED, "" + source.name() + ": " + how);
    }

    private void grow(int capacity) {
        bytes = bytes == null ? new byte[capacity + SLACK] : Arrays.copyOf(bytes, capacity + SLACK);
    }
}
