package io.filejob.image;

/**
 * The largest size of an output: {@code amount} bytes, or {@code amount} percent of the input's bytes.
 *
 * @param amount at least 1; of percentages, at most 100
 */
public record SizeTarget(long amount, boolean isPercent) {
    public SizeTarget {
        if (amount < 1 || (isPercent && amount > 100)) {
            throw new IllegalArgumentException("target size out of range (" + amount + (isPercent ? "%)" : ")"));
        }
    }

    /** Returns a target in bytes. */
    public static SizeTarget ofBytes(long bytes) {
        return new SizeTarget(bytes, false);
    }

    /** Returns a target in percent of the input's bytes. */
    public static SizeTarget ofPercent(int percent) {
        return new SizeTarget(percent, true);
    }

    /** Returns the largest number of bytes of an output whose input has {@code input} bytes. */
    long bytes(long input) {
        return isPercent ? input * amount / 100 : amount;
    }
}
