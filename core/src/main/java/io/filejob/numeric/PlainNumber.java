package io.filejob.numeric;

import io.filejob.bytes.Swar;

/**
 * Adds a number of at most 15 bytes that consists of an optional minus, digits and an optional point, 16 bytes at a
 * time.
 */
public final class PlainNumber {
    /** Maximum length of the text in bytes. */
    public static final int LIMIT = 15;

    private PlainNumber() {}

    /**
     * Adds the number at {@code from} without counting it; returns false, with nothing added, if the text is not such a
     * number.
     */
    public static boolean add(byte[] bytes, int from, int length, DecimalSum sum) {
        if (length < 1 || length > LIMIT) {
            return false;
        }
        long first = Swar.load(bytes, from);
        long minus = (((first ^ '-') & 0xFF) - 1) >> 63;
        first ^= Swar.ZEROS ^ (Swar.MINUS & minus);
        // The text is right-aligned in 16 bytes, the last eight of them in `high`; shifts of 64 bits are done in two
        // steps.
        long high;
        long low;
        if (length <= 8) {
            high = first << (64 - 8 * length);
            low = 0;
        } else {
            int shift = 8 * (length - 8);
            long second = Swar.load(bytes, from + 8) ^ Swar.ZEROS;
            high = (first >>> shift) | (second << (64 - shift));
            low = first << (64 - shift);
        }
        int fraction = 0;
        int digits = length + (int) minus;
        long point = Swar.firstZero(high ^ Swar.POINTS);
        if (point != 0) {
            long below = (point ^ (point - 1)) >>> 8;
            fraction = Long.numberOfLeadingZeros(point & -point) >>> 3;
            high = (high & ~((below << 8) | 0xFF)) | ((high & below) << 8) | (low >>> 56);
            low <<= 8;
            digits--;
        } else {
            point = Swar.firstZero(low ^ Swar.POINTS);
            if (point != 0) {
                long below = (point ^ (point - 1)) >>> 8;
                fraction = 8 + (Long.numberOfLeadingZeros(point & -point) >>> 3);
                low = (low & ~((below << 8) | 0xFF)) | ((low & below) << 8);
                digits--;
            }
        }
        if ((Swar.notDigits(high) | Swar.notDigits(low)) != 0 || digits == 0) {
            return false;
        }
        long number = Swar.number(low) * 100_000_000 + Swar.number(high);
        sum.addScaled((number ^ minus) - minus, -fraction);
        return true;
    }
}
