package io.filejob.csv;

import io.filejob.bytes.Swar;

/**
 * Bit masks of the bytes that matter to CSV in a block of 64 bytes: one bit per byte, the lowest for the first byte.
 * The eight words are processed one after the other, each shifting the marks of the previous ones down by one bit. The
 * result is an 8 by 8 matrix of bits, transposed at the end, which takes fewer steps than gathering the bits of each
 * word. Delimiters and quotes are ASCII. Hot loop; not thread-safe.
 */
final class BlockMasks {
    /** Bytes per block. */
    static final int BLOCK = Long.SIZE;

    private static final long LINE_FEEDS = Swar.repeat('\n');
    private static final long CARRIAGE_RETURNS = Swar.repeat('\r');
    private static final long LOW_BITS = Swar.repeat(0x7F);

    long lineFeeds;
    long delimiters;
    long quotes;
    /** Whether the block contains carriage returns; {@link #returns} finds them. */
    boolean hasReturns;

    private final long delimiter;
    private final long quote;
    private final long quoting;

    BlockMasks(CsvDialect dialect) {
        delimiter = Swar.repeat(dialect.delimiter());
        quote = Swar.repeat(dialect.quote());
        quoting = dialect.quote() == 0 ? 0 : -1;
    }

    /** Computes the masks of the 64 bytes that start at {@code from}. */
    void read(byte[] bytes, int from) {
        long feeds = 0;
        long fieldEnds = 0;
        long marks = 0;
        long returns = 0;
        for (int word = from; word < from + BLOCK; word += Long.BYTES) {
            long text = Swar.load(bytes, word);
            // Adding 0x7F sets the high bit of each byte that is not 0; the high bit of ASCII is never set beforehand.
            long low = text & LOW_BITS;
            long ascii = ~(text | LOW_BITS);
            feeds = (feeds >>> 1) | (ascii & ~((low ^ LINE_FEEDS) + LOW_BITS));
            fieldEnds = (fieldEnds >>> 1) | (ascii & ~((low ^ delimiter) + LOW_BITS));
            marks = (marks >>> 1) | (ascii & ~((low ^ quote) + LOW_BITS));
            returns |= ascii & ~((low ^ CARRIAGE_RETURNS) + LOW_BITS);
        }
        lineFeeds = transposed(feeds);
        delimiters = transposed(fieldEnds);
        quotes = transposed(marks) & quoting;
        hasReturns = returns != 0;
    }

    /** Returns the mask of carriage returns. */
    static long returns(byte[] bytes, int from) {
        long mask = 0;
        for (int word = 0; word < BLOCK; word += Long.BYTES) {
            mask |= Swar.zeros(Swar.load(bytes, from + word) ^ CARRIAGE_RETURNS) << word;
        }
        return mask;
    }

    /** Transposes an 8 by 8 matrix of bits (H. S. Warren, Hacker's Delight, 2nd ed., section 7-3). */
    private static long transposed(long matrix) {
        long x = matrix;
        long swapped = (x ^ (x >>> 7)) & 0x00AA00AA00AA00AAL;
        x ^= swapped ^ (swapped << 7);
        swapped = (x ^ (x >>> 14)) & 0x0000CCCC0000CCCCL;
        x ^= swapped ^ (swapped << 14);
        swapped = (x ^ (x >>> 28)) & 0x00000000F0F0F0F0L;
        return x ^ swapped ^ (swapped << 28);
    }
}
