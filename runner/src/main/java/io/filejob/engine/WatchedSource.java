package io.filejob.engine;

import io.filejob.csv.ByteSource;
import io.filejob.csv.DerivedSource;
import io.filejob.metrics.WorkCounters;
import io.filejob.time.Waits;
import java.io.IOException;

/** An input that reports reads without a response as {@link Waits}, and counts reads. */
public final class WatchedSource extends DerivedSource {
    private final String reason;
    private final WorkInProgress progress;
    /** The position up to which bytes have been reported, and the stored bytes that this took. */
    private long position;

    private long storedBytes;

    /** Creates a source that reads {@code source} and reports no progress. */
    public WatchedSource(ByteSource source) {
        this(source, _ -> {}, 0);
    }

    /** Creates a source that reads {@code source} and reports bytes to {@code progress}, once each, beginning at {@code from}. */
    public WatchedSource(ByteSource source, WorkInProgress progress, long from) {
        super(source);
        this.progress = progress;
        this.position = from;
        this.storedBytes = from;
        this.reason = "waiting for input " + source.name();
    }

    @Override
    public long size() {
        return stored.size();
    }

    @Override
    public int read(long from, byte[] bytes, int offset, int length) throws IOException {
        Waits.beginIfLong(this, reason);
        long begun = System.nanoTime();
        int count = 0;
        try {
            count = stored.read(from, bytes, offset, length);
            if (count > 0) {
                advance(from, from + count);
            }
            return count;
        } finally {
            WorkCounters.ofProcess().read(Math.max(0, count), System.nanoTime() - begun);
            Waits.end(this);
        }
    }

    /** Reports the bytes up to {@code to} that follow those reported before; reads elsewhere only look ahead. */
    private void advance(long from, long to) {
        if (from <= position && to > position) {
            position = to;
            long taken = stored.stored(to);
            progress.read(taken - storedBytes);
            storedBytes = taken;
        }
    }

    @Override
    public long stored(long end) {
        return stored.stored(end);
    }

    @Override
    public void expect(long from, long to) {
        stored.expect(from, to);
    }
}
