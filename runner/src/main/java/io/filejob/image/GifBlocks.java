package io.filejob.image;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Recognizes truncated GIF files (GIF89a, appendix B). libvips reads their complete frames without an error, so that the
 * others would be lost.
 */
final class GifBlocks {
    private static final int HEADER = 13;
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2c;
    private static final int FRAME_HEADER = 9;
    private static final int COLOUR_TABLE = 0x80;

    private final ByteBuffer bytes;
    private long at = HEADER;

    private GifBlocks(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Returns whether the file ends within a block. A file without trailer is complete if its last block is. */
    static boolean isTruncated(MemorySegment file) {
        GifBlocks blocks = new GifBlocks(file.asByteBuffer());
        try {
            return !blocks.areComplete();
        } catch (IndexOutOfBoundsException e) {
            return true;
        }
    }

    private boolean areComplete() {
        skipColourTable(10);
        while (at < bytes.limit()) {
            switch (get(at)) {
                case EXTENSION -> at += 2;
                case FRAME -> {
                    long flags = at + FRAME_HEADER;
                    at += 1 + FRAME_HEADER;
                    skipColourTable(flags);
                    // The size of codes.
                    at++;
                }
                // The trailer, or bytes that are none of GIF's and that decoders take for it.
                default -> {
                    return true;
                }
            }
            skipData();
        }
        return at == bytes.limit();
    }

    private void skipColourTable(long flagsAt) {
        int flags = get(flagsAt);
        if ((flags & COLOUR_TABLE) != 0) {
            at += 3L << ((flags & 7) + 1);
        }
    }

    /** Skips sub-blocks, each with its length before it, and the empty one that ends them. */
    private void skipData() {
        int length;
        do {
            length = get(at);
            at += 1 + length;
        } while (length > 0);
    }

    private int get(long index) {
        return bytes.get(Math.toIntExact(index)) & 0xff;
    }
}
