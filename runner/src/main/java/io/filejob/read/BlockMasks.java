package io.filejob.read;

/**
 * Where the bytes that matter to CSV are among 64: a bit for each byte, the first byte's lowest. Eight words are taken one
 * after the other, the marks of each one place below those of the next, so that an 8 by 8 matrix of bits comes out, which is
 * transposed at the end: that takes fewer steps than to gather the bits of each word. Delimiters and quotes are ASCII. The hot
 * loop; not thread-safe.
 */
final class BlockMasks {
    /** Bytes in a block. */
    static final int BLOCK = Long.SIZE;

    private static final long LINE_FEEDS = Swar.repeat('\n');
    private static final long CARRIAGE_RETURNS = Swar.repeat('\r');
    private static final long LOW_BITS = Swar.repeat(0x7F);

    long lineFeeds;
    long delimiters;
    long quotes;
    /** Whether there are carriage returns, for which {@link #returns} looks. */
    boolean hasReturns;

    private final long delimiter;
    private final long quote;
    private final long quoting;

    BlockMasks(CsvDialect dialect) {
        delimiter = Swar.repeat(dialect.delimiter());
        quote = Swar.repeat(dialect.quote());
        quoting = dialect.quote() == 0 ? 0 : -1;
    }

    /** Looks at the 64 bytes from {@code from} on. */
    void read(byte[] bytes, int from) {
        long feeds = 0;
        long fieldEnds = 0;
        long marks = 0;
        long returns = 0;
        for (int word = from; word < from + BLOCK; word += Long.BYTES) {
            long text = Swar.load(bytes, word);
            // The high bit of each byte is set by adding 0x7F if some bit was; that of ASCII is not set before.
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

    /** Where carriage returns are. */
    static long returns(byte[] bytes, int from) {
        long mask = 0;
        for (int word = 0; word < BLOCK; word += Long.BYTES) {
            mask |= Swar.zeros(Swar.load(bytes, from + word) ^ CARRIAGE_RETURNS) << word;
        }
        return mask;
    }

    /** Rows of eight bits become columns (H. S. Warren, Hacker's Delight, 2nd ed., section 7-3). */
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
