package io.filejob.service.job;

import java.io.IOException;
import java.io.InputStream;

/** The beginning of a stream. */
public final class LimitedStream extends InputStream {
    private final InputStream whole;
    private long left;

    /** Creates a stream of the first {@code length} bytes of {@code whole}, which it closes. */
    public LimitedStream(InputStream whole, long length) {
        this.whole = whole;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        int one = left == 0 ? -1 : whole.read();
        left -= one < 0 ? 0 : 1;
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = left == 0 && length > 0 ? -1 : whole.read(bytes, offset, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        return count;
    }

    @Override
    public void close() throws IOException {
        whole.close();
    }
}
