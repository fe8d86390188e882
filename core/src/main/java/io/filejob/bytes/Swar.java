package io.filejob.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SIMD within a register: eight bytes in a long, the first in the lowest bits.
 *
 * <p>Digits are stored as their values, in bytes 0 to 9. Unused bytes are 0, a digit that does not change the number.
 */
public final class Swar {
    /** XORed with text, converts digits to their values. */
    public static final long ZEROS = 0x3030303030303030L;
    /** A point in every byte, XORed with {@link #ZEROS}. */
    public static final long POINTS = 0x1E1E1E1E1E1E1E1EL;
    /** A minus XORed with {@link #ZEROS}. */
    public static final long MINUS = 0x1D;
    /** The even bytes: four lanes of 16 bits. */
    public static final long LANES = 0x00FF00FF00FF00FFL;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = ~HIGH_BITS;
    private static final long TO_HIGH_BIT = 0x7676767676767676L;

    private Swar() {}

    /** Returns the eight bytes at {@code from}, the first one lowest. */
    public static long load(byte[] bytes, int from) {
        return (long) LONGS.get(bytes, from);
    }

    /** Sets the eight bytes at {@code to}, the first one to the lowest of {@code word}. */
    public static void store(byte[] bytes, int to, long word) {
        LONGS.set(bytes, to, word);
    }

    /** Returns {@code b} in every byte. */
    public static long repeat(int b) {
        return (b & 0xFF) * ONES;
    }

    /** Returns whether every byte is ASCII. */
    public static boolean isAscii(long word) {
        return (word & HIGH_BITS) == 0;
    }

    /** Returns the high bit of the first zero byte, possibly with bits of later bytes; 0 if there is no zero byte. */
    public static long firstZero(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }

    /** Returns the high bit of each zero byte. */
    public static long zeroMarks(long word) {
        return ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
    }

    /** Returns one bit per zero byte, the lowest for the first byte. */
    public static long zeros(long word) {
        return ((zeroMarks(word) >>> 7) * 0x0102040810204080L) >>> 56;
    }

    /** Returns a value other than 0 if some byte is not the value of a digit. */
    public static long notDigits(long word) {
        return ((word + TO_HIGH_BIT) | word) & HIGH_BITS;
    }

    /** Returns the number formed by eight digits, the first byte being the most significant. */
    public static long number(long digits) {
        long pairs = digits * 10 + (digits >>> 8);
        return ((pairs & 0x000000FF000000FFL) * 0x000F424000000064L
                        + ((pairs >>> 16) & 0x000000FF000000FFL) * 0x0000271000000001L)
                >>> 32;
    }

    /**
     * Like {@link #number}, for digits that were added up by place: those of even bytes in the lanes of one long, of
     * odd bytes in the other.
     */
    public static long numberOfLanes(long even, long odd) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 16) {
            number = number * 100 + ((even >>> shift) & 0xFFFF) * 10 + ((odd >>> shift) & 0xFFFF);
        }
        return number;
    }
}
