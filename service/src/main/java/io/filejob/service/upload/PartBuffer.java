package io.filejob.service.upload;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes of a part that has not been sent. Grows with them. For one thread at a time. */
final class PartBuffer {
    private static final int FIRST_BYTES = 1 << 16;

    private byte[] bytes;
    private int length;

    /** Creates a buffer with {@code bytes}, which belong to it from then on. */
    PartBuffer(byte[] bytes) {
        this.bytes = bytes;
        this.length = bytes.length;
    }

    /** Takes bytes of {@code source} until the buffer holds {@code most}, and returns their number. */
    int append(ByteBuffer source, int most) {
        int count = Math.min(source.remaining(), most - length);
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(
                    bytes, Math.min(most, Math.max(FIRST_BYTES, Math.max(2 * bytes.length, length + count))));
        }
        source.get(bytes, length, count);
        length += count;
        return count;
    }

    int length() {
        return length;
    }

    /** Returns a new stream of the bytes, which does not copy them. */
    InputStream stream() {
        return new ByteArrayInputStream(bytes, 0, length);
    }

    void clear() {
        length = 0;
    }
}
