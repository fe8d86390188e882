package io.filejob.aggregate;

import io.filejob.bytes.Swar;

/** The hash of a key, computed from words of eight bytes, little-endian. */
final class KeyHash {
    /** Number of leading bytes of a key that are kept as two words, padded with zeros. */
    static final int INLINE = 2 * Long.BYTES;

    private static final long K0 = 0x9E3779B97F4A7C15L;
    private static final long K1 = 0xC2B2AE3D27D4EB4FL;

    /** Masks, by the length of a key up to 16, for the bytes used in the first and in the second word. */
    private static final long[] FIRST = new long[INLINE + 1];

    private static final long[] SECOND = new long[INLINE + 1];

    static {
        for (int length = 0; length <= INLINE; length++) {
            FIRST[length] = length >= 8 ? -1 : (1L << (8 * length)) - 1;
            SECOND[length] = length <= 8 ? 0 : length == INLINE ? -1 : (1L << (8 * (length - 8))) - 1;
        }
    }

    private KeyHash() {}

    /** Returns the mask of the bytes of a key of {@code length} bytes in its first word. */
    static long firstMask(int length) {
        return FIRST[Math.min(length, INLINE)];
    }

    /** Returns the mask of the bytes of a key of {@code length} bytes in its second word. */
    static long secondMask(int length) {
        return SECOND[Math.min(length, INLINE)];
    }

    /** Returns the hash of the key {@code bytes[from, from + length)}, whose first two words are given. */
    static long of(long first, long second, byte[] bytes, int from, int length) {
        long hash = begin(first, second, length);
        if (length > INLINE) {
            for (int p = INLINE; p < length - 8; p += 8) {
                hash = further(hash, Swar.load(bytes, from + p));
            }
            hash = further(hash, Swar.load(bytes, from + length - 8));
        }
        return finish(hash);
    }

    static long begin(long first, long second, int length) {
        return ((first * K0) ^ Long.rotateLeft(second * K1, 29)) + length;
    }

    /** Adds a word after the first two; the last one of a key ends with its last byte. */
    static long further(long hash, long word) {
        return Long.rotateLeft(hash ^ word, 27) * K0;
    }

    static long finish(long hash) {
        long mixed = (hash ^ (hash >>> 32)) * K1;
        return mixed ^ (mixed >>> 29);
    }

    /** Returns {@code word} with zeros in the bytes that equal the byte repeated in {@code separators}. */
    static long cleared(long word, long separators) {
        long other = word ^ separators;
        return word & ~((Swar.zeroMarks(other) >>> 7) * 0xFF);
    }
}
