package io.filejob.engine;

import io.filejob.csv.ByteSource;
import io.filejob.metrics.WorkCounters;
import io.filejob.time.Waits;
import java.io.IOException;

/** An input that reports reads without a response as {@link Waits}, and counts reads. */
public final class WatchedSource implements ByteSource {
    private final ByteSource source;
    private final String reason;

    /** Creates a source that reads {@code source}. */
    public WatchedSource(ByteSource source) {
        this.source = source;
        this.reason = "waiting for input " + source.name();
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public int read(long position, byte[] bytes, int offset, int length) throws IOException {
        Waits.beginIfLong(this, reason);
        long begun = System.nanoTime();
        int count = 0;
        try {
            count = source.read(position, bytes, offset, length);
            return count;
        } finally {
            WorkCounters.ofProcess().read(Math.max(0, count), System.nanoTime() - begun);
            Waits.end(this);
        }
    }

    @Override
    public void expect(long from, long to) {
        source.expect(from, to);
    }

    @Override
    public void checkUnchanged() {
        source.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
