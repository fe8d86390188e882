package io.filejob.numeric;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Writes decimals to runs, and in plain notation without trailing zeros for people. */
public final class Decimals {
    private static final int BIG = 0x7F;

    private Decimals() {}

    /** Adds the value as plain text without an exponent. */
    public static void print(BigDecimal value, ByteList out) {
        out.putAscii(value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
    }

    /** Prints {@code value} times 10 to the minus {@code scale}. */
    public static void print(long value, int scale, ByteList out) {
        long rest = value;
        int digits = scale;
        while (digits > 0 && rest % 10 == 0) {
            rest /= 10;
            digits--;
        }
        if (rest == Long.MIN_VALUE) {
            print(BigDecimal.valueOf(value, scale), out);
            return;
        }
        out.reserve(24);
        if (rest < 0) {
            out.array[out.size++] = '-';
            rest = -rest;
        }
        int length = Math.max(length(rest), digits + 1);
        int end = out.size + length + (digits > 0 ? 1 : 0);
        for (int at = end - 1, place = 0; at >= out.size; at--, place++) {
            if (digits > 0 && place == digits) {
                out.array[at] = '.';
            } else {
                out.array[at] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
        out.size = end;
    }

    private static int length(long value) {
        int length = 1;
        for (long power = 10; length < 19 && value >= power; power *= 10) {
            length++;
        }
        return length;
    }

    /** Adds {@code value} / 10<sup>scale</sup> in binary form. */
    public static void write(long value, int scale, ByteList out) {
        out.put(scale);
        out.putSigned(value);
    }

    /** Adds {@code value} in binary form. */
    public static void write(BigDecimal value, ByteList out) {
        BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        out.put(BIG);
        out.putSigned(stripped.scale());
        out.putBytes(stripped.unscaledValue().toByteArray());
    }

    /**
     * Reads the first byte of an encoded decimal; returns a negative number if a big decimal follows, else the scale of
     * a small one.
     */
    public static int scale(ByteCursor in) {
        int scale = in.get();
        return scale == BIG ? -1 : scale;
    }

    /** Skips a decimal. */
    public static void skip(ByteCursor in) {
        skip(scale(in), in);
    }

    /** Skips the rest of a decimal after its {@link #scale}. */
    public static void skip(int scale, ByteCursor in) {
        in.varint();
        if (scale < 0) {
            in.skipBytes();
        }
    }

    /** Reads the rest of a big decimal after its {@link #scale}. */
    public static BigDecimal big(ByteCursor in) {
        int scale = (int) in.signed();
        return new BigDecimal(new BigInteger(in.byteArray()), scale);
    }
}
