package io.filejob.image;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Recognizes animated PNG files, of which libvips reads the first frame only. */
final class AnimatedPng {
    private static final int SIGNATURE = 8;
    /** The length, the type and the checksum. */
    private static final int CHUNK_OVERHEAD = 12;

    private static final int ANIMATION = 0x6163544c;
    private static final int PIXELS = 0x49444154;

    private AnimatedPng() {}

    /** Returns whether a PNG file declares an animation before its pixels, as it must (chunk {@code acTL}). */
    static boolean matches(MemorySegment file) {
        ByteBuffer bytes = file.asByteBuffer();
        long at = SIGNATURE;
        while (at + CHUNK_OVERHEAD <= bytes.limit()) {
            int type = bytes.getInt((int) at + 4);
            if (type == ANIMATION || type == PIXELS) {
                return type == ANIMATION;
            }
            at += CHUNK_OVERHEAD + Integer.toUnsignedLong(bytes.getInt((int) at));
        }
        return false;
    }
}
