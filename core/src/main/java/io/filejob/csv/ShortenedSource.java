package io.filejob.csv;

import java.io.IOException;

/** The bytes of another source before an offset, which can be read from anywhere. */
final class ShortenedSource extends DerivedSource {
    private final long size;

    ShortenedSource(ByteSource stored, long size) {
        super(stored);
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, byte[] bytes, int offset, int length) throws IOException {
        return position >= size ? -1 : stored.read(position, bytes, offset, (int) Math.min(length, size - position));
    }

    @Override
    public void expect(long from, long to) {
        stored.expect(Math.min(from, size), Math.min(to, size));
    }
}
