package io.filejob.service;

import java.io.InputStream;
import java.util.Arrays;

/** A stream of zeros. */
public final class Zeros extends InputStream {
    private long left;

    /** Creates a stream of {@code length} bytes. */
    public Zeros(long length) {
        this.left = length;
    }

    @Override
    public int read() {
        return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        if (left <= 0) {
            return -1;
        }
        int count = (int) Math.min(left, length);
        Arrays.fill(bytes, from, from + count, (byte) 0);
        left -= count;
        return count;
    }
}
