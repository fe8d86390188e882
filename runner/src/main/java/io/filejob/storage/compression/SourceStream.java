package io.filejob.storage.compression;

import io.filejob.csv.ByteSource;
import java.io.IOException;

/** An input as a stream. Closing the stream leaves the input open. */
public final class SourceStream extends BlockStream {
    private final ByteSource source;
    private long position;

    /** Creates a stream that begins at the first byte. */
    public SourceStream(ByteSource source) {
        this.source = source;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = position == source.size() ? -1 : source.read(position, bytes, offset, length);
        position += Math.max(count, 0);
        return count;
    }
}
