package io.filejob.csv;

import io.filejob.bytes.ByteList;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The bytes of a source of unknown size before its last lines, which are held back until the end is known. It is read
 * from beginning to end.
 */
final class FooterlessSource extends DerivedSource {
    private static final int CHUNK = 64 << 10;
    private static final int MAX_HELD = 64 << 20;

    private final int lines;
    private final byte[] chunk = new byte[CHUNK];
    /** The bytes from {@code position} on. */
    private ByteList held = new ByteList(CHUNK);
    /** Starts of the last lines among the bytes read, at most {@code lines} and one more. */
    private final Deque<Long> starts = new ArrayDeque<>();

    private long position;
    private long end;
    private int heldFrom;
    private int last = -1;
    private boolean isAtEnd;

    FooterlessSource(ByteSource stored, int lines) {
        super(stored);
        this.lines = lines;
        starts.add(0L);
    }

    @Override
    public long size() {
        return UNKNOWN;
    }

    @Override
    public int read(long from, byte[] bytes, int offset, int length) throws IOException {
        checkForward(from, position);
        while (released() <= from && !isAtEnd) {
            fill();
        }
        int skipped = (int) (Math.min(from, released()) - position);
        heldFrom += Math.max(0, skipped);
        position += Math.max(0, skipped);
        int count = (int) Math.min(length, released() - position);
        if (count <= 0) {
            return -1;
        }
        System.arraycopy(held.array, heldFrom, bytes, offset, count);
        heldFrom += count;
        position += count;
        return count;
    }

    /** Returns the offset of the first of the last lines if the source ended here; later it can only be larger. */
    private long released() {
        int begun = starts.size() - (starts.getLast() == end ? 1 : 0);
        return begun < lines
                ? 0
                : starts.stream().skip(begun - (long) lines).findFirst().orElseThrow();
    }

    private void fill() throws IOException {
        int read = stored.read(end, chunk, 0, CHUNK);
        if (read < 0) {
            isAtEnd = true;
            return;
        }
        compact();
        held.put(chunk, 0, read);
        if (held.size > MAX_HELD) {
            throw new JobFailedException(
                    ExitCode.BAD_INPUT,
                    name() + ": its last " + lines + " lines, which spec.input.format.csv.skipFooter skips, are longer"
                            + " than 64 MiB");
        }
        for (int i = 0; i < read; i++) {
            add(chunk[i], end + i + 1);
        }
        end += read;
    }

    /** Notes the start of a line at {@code after}, which follows the byte {@code b}, if there is one. */
    private void add(byte b, long after) {
        if (b == '\n' && last == '\r') {
            starts.removeLast();
        }
        if (b == '\n' || b == '\r') {
            starts.add(after);
            if (starts.size() > lines + 1) {
                starts.removeFirst();
            }
        }
        last = b;
    }

    private void compact() {
        ByteList rest = new ByteList(held.size - heldFrom + CHUNK);
        rest.put(held.array, heldFrom, held.size);
        held = rest;
        heldFrom = 0;
    }

    @Override
    public void expect(long from, long to) {
        stored.expect(from, to);
    }
}
