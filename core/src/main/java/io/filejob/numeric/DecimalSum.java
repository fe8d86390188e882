package io.filejob.numeric;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Exact sum of decimals. Keeps one 128-bit sum per power of ten in use, so that a number costs one addition per 18
 * digits. Not thread-safe; reusable after {@link #reset}.
 */
public final class DecimalSum {
    /** Maximum number of digits, leading zeros included. */
    static final int MAX_DIGITS = 1000;
    /** Maximum absolute value of an exponent. */
    static final int MAX_EXPONENT = 1000;

    private static final String NOT_A_NUMBER = "not a number";
    private static final String TOO_MANY_DIGITS = "more than " + MAX_DIGITS + " digits";
    private static final String EXPONENT_TOO_LARGE = "exponent beyond " + MAX_EXPONENT;

    private static final int CHUNK_DIGITS = 18;
    private static final int USUAL_LOWEST_POWER = -32;
    private static final int USUAL_POWERS = 64;
    private static final int LOWEST_POWER = -MAX_EXPONENT - MAX_DIGITS;
    private static final int POWERS = 2 * (MAX_EXPONENT + MAX_DIGITS) + 1;

    private int lowestPower = USUAL_LOWEST_POWER;
    private long[] low = new long[USUAL_POWERS];
    private long[] high = new long[USUAL_POWERS];
    private long count;

    /**
     * Adds the number written in {@code buffer[from, to)}: {@code [+-]digits[.digits][e[+-]digits]}, also {@code .5},
     * {@code 5.} and {@code E}. Spaces and tabs around it are ignored; the limits are 1,000 digits and an exponent
     * within ±1,000.
     *
     * @return false, with the sum unchanged, if the text is not such a number
     */
    public boolean add(byte[] buffer, int from, int to) {
        return addOrReason(buffer, from, to) == null;
    }

    /** Returns the exact sum without trailing zeros in its fraction; {@link BigDecimal#ZERO} if it is zero. */
    public BigDecimal total() {
        BigDecimal total = BigDecimal.ZERO;
        for (int i = 0; i < low.length; i++) {
            if ((low[i] | high[i]) != 0) {
                BigInteger unsignedLow = new BigInteger(Long.toUnsignedString(low[i]));
                BigInteger slot =
                        BigInteger.valueOf(high[i]).shiftLeft(Long.SIZE).add(unsignedLow);
                total = total.add(new BigDecimal(slot, -(lowestPower + i)));
            }
        }
        return total.stripTrailingZeros();
    }

    /** Returns the number of values added. */
    public long count() {
        return count;
    }

    /** Resets the sum and the count to zero. */
    public void reset() {
        Arrays.fill(low, 0);
        Arrays.fill(high, 0);
        count = 0;
    }

    /** Like {@link #add}, but returns null on success, else the reason. */
    @Nullable
    public String addOrReason(byte[] buffer, int from, int to) {
        int p = from;
        int end = to;
        while (p < end && isBlank(buffer[p])) {
            p++;
        }
        while (end > p && isBlank(buffer[end - 1])) {
            end--;
        }
        boolean negative = p < end && buffer[p] == '-';
        if (p < end && (negative || buffer[p] == '+')) {
            p++;
        }
        int mantissa = p;
        p = digitsEnd(buffer, p, end);
        int digits = p - mantissa;
        int fraction = 0;
        if (p < end && buffer[p] == '.') {
            p = digitsEnd(buffer, p + 1, end);
            fraction = p - mantissa - digits - 1;
            digits += fraction;
        }
        int mantissaEnd = p;
        int exponent = 0;
        if (p < end && (buffer[p] | 0x20) == 'e') {
            boolean down = p + 1 < end && buffer[p + 1] == '-';
            int first = p + 1 < end && (down || buffer[p + 1] == '+') ? p + 2 : p + 1;
            p = digitsEnd(buffer, first, end);
            if (p == first) {
                return NOT_A_NUMBER;
            }
            exponent = down ? -exponent(buffer, first, p) : exponent(buffer, first, p);
        }
        if (p != end || digits == 0) {
            return NOT_A_NUMBER;
        }
        if (digits > MAX_DIGITS) {
            return TOO_MANY_DIGITS;
        }
        if (Math.abs(exponent) > MAX_EXPONENT) {
            return EXPONENT_TOO_LARGE;
        }
        addDigits(buffer, mantissa, mantissaEnd, digits, exponent - fraction, negative);
        count++;
        return null;
    }

    /** Adds {@code value} times 10 to the {@code power} without counting it. */
    public void addScaled(long value, int power) {
        int slot = power - lowestPower;
        if (slot < 0 || slot >= low.length) {
            widen();
            slot = power - lowestPower;
        }
        long before = low[slot];
        long after = before + value;
        long carry = ((before & value) | ((before | value) & ~after)) >>> 63;
        low[slot] = after;
        high[slot] += (value >> 63) + carry;
    }

    /** Counts numbers added by {@link #addScaled}. */
    public void countAdded(long numbers) {
        count += numbers;
    }

    private void addDigits(byte[] buffer, int from, int to, int digits, int lastPower, boolean negative) {
        int left = digits;
        int inChunk = 0;
        long chunk = 0;
        for (int p = from; p < to; p++) {
            if (buffer[p] != '.') {
                chunk = chunk * 10 + (buffer[p] - '0');
                left--;
                if (++inChunk == CHUNK_DIGITS || left == 0) {
                    addScaled(negative ? -chunk : chunk, lastPower + left);
                    chunk = 0;
                    inChunk = 0;
                }
            }
        }
    }

    private void widen() {
        long[] widerLow = new long[POWERS];
        long[] widerHigh = new long[POWERS];
        System.arraycopy(low, 0, widerLow, lowestPower - LOWEST_POWER, low.length);
        System.arraycopy(high, 0, widerHigh, lowestPower - LOWEST_POWER, high.length);
        low = widerLow;
        high = widerHigh;
        lowestPower = LOWEST_POWER;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static int digitsEnd(byte[] buffer, int from, int to) {
        int p = from;
        while (p < to && buffer[p] >= '0' && buffer[p] <= '9') {
            p++;
        }
        return p;
    }

    private static int exponent(byte[] buffer, int from, int to) {
        int exponent = 0;
        for (int p = from; p < to && exponent <= MAX_EXPONENT; p++) {
            exponent = exponent * 10 + (buffer[p] - '0');
        }
        return exponent;
    }
}
