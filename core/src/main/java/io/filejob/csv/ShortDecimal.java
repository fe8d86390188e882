package io.filejob.csv;

import io.filejob.bytes.Swar;
import io.filejob.numeric.DecimalSum;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Parses decimals one by one: those of up to 15 bytes that consist of an optional minus, digits and an optional point
 * at once, all others byte by byte.
 */
public final class ShortDecimal {
    private static final long[] POWERS = new long[16];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    /** Values are smaller than this, so that several of them can be added without overflow. */
    private static final long LIMIT = 1_000_000_000_000_000_000L;

    private final boolean mayBeNull;
    private long scaled;
    private final DecimalSum slow = new DecimalSum();

    /** Creates a parser for fields of {@code dialect}. */
    public ShortDecimal(CsvDialect dialect) {
        // A text that looks like a number may represent null.
        this.mayBeNull = dialect.hasNull() && !dialect.nullText().isEmpty();
    }

    /**
     * Reads the fields {@code [from, to)} of {@code fields} into {@code values}, as multiples of 10 to the minus {@code
     * scale}. Stops at the first field that is not plain, has more than {@code scale} digits after its point, or is
     * 10^18 or more after scaling; returns its index, or {@code to}.
     */
    public int read(Fields fields, int from, int to, int scale, long[] values) {
        if (mayBeNull) {
            return from;
        }
        byte[] bytes = fields.bytes;
        int[] begins = fields.begins;
        int[] ends = fields.ends;
        for (int i = from; i < to; i++) {
            if (!read(bytes, begins[i], ends[i] - begins[i], scale)) {
                return i;
            }
            values[i] = scaled;
        }
        return to;
    }

    /**
     * Parses {@code length} bytes at {@code begin}; returns whether they are such a number, which {@link #scaled()}
     * then returns.
     */
    public boolean read(byte[] bytes, int begin, int length, int scale) {
        if (length < 1 || length > 15) {
            return false;
        }
        long first = Swar.load(bytes, begin);
        long minus = (((first ^ '-') & 0xFF) - 1) >> 63;
        first ^= Swar.ZEROS ^ (Swar.MINUS & minus);
        long number;
        int fraction = 0;
        int digits = length + (int) minus;
        if (length <= 8) {
            long text = first << (64 - 8 * length);
            long point = Swar.firstZero(text ^ Swar.POINTS);
            if (point != 0) {
                long below = (point ^ (point - 1)) >>> 8;
                fraction = Long.numberOfLeadingZeros(point & -point) >>> 3;
                text = (text & ~((below << 8) | 0xFF)) | ((text & below) << 8);
                digits--;
            }
            if (Swar.notDigits(text) != 0) {
                return false;
            }
            number = Swar.number(text);
        } else {
            int shift = 8 * (length - 8);
            long second = Swar.load(bytes, begin + 8) ^ Swar.ZEROS;
            long high = (first >>> shift) | (second << (64 - shift));
            long low = first << (64 - shift);
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
            if ((Swar.notDigits(high) | Swar.notDigits(low)) != 0) {
                return false;
            }
            number = Swar.number(low) * 100_000_000 + Swar.number(high);
        }
        if (digits == 0) {
            return false;
        }
        if (fraction != scale) {
            if (fraction > scale || scale - fraction > 15 || number >= LIMIT / POWERS[scale - fraction]) {
                return false;
            }
            number *= POWERS[scale - fraction];
        }
        scaled = (number ^ minus) - minus;
        return true;
    }

    /** Returns the number read last by {@link #read(byte[], int, int, int)}. */
    public long scaled() {
        return scaled;
    }

    /**
     * Parses the number {@code bytes[from, to)} as {@link DecimalSum#add} does; returns null on success, else the
     * reason.
     */
    public @Nullable String parse(byte[] bytes, int from, int to) {
        slow.reset();
        return slow.addOrReason(bytes, from, to);
    }

    /** Returns the number parsed last, without trailing zeros in its fraction. */
    public BigDecimal value() {
        return slow.total();
    }
}
