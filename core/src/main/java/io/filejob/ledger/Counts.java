package io.filejob.ledger;

/** Checks numbers in ledgers. */
public final class Counts {
    /** Larger than any number of rows or bytes, so that the sums of many slices cannot overflow. */
    public static final long MAX = 1L << 45;

    private Counts() {}

    /** Throws {@link IllegalArgumentException} if one of {@code counts} is not the number of anything. */
    static void check(long... counts) {
        for (long count : counts) {
            if (count < 0 || count > MAX) {
                throw new IllegalArgumentException(count + " is not a number of rows or bytes");
            }
        }
    }
}
