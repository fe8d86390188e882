package io.filejob.csv;

import java.util.Arrays;

/**
 * Finds the fields of the wanted columns in whole, well-formed records, 64 bytes at a time: the hot loop. Each block
 * becomes three masks with one bit per byte; delimiters and line feeds outside quotes are separators. In records with n
 * fields, every n-th separator is a line feed. This is checked for a whole block at once: a pattern that says which
 * separators are line feeds is expanded to the positions of the separators. The separators around the wanted columns
 * are selected in the same way. The index stops before anything that it cannot handle: malformed records, blank lines,
 * a CR without LF. Not thread-safe.
 *
 * <pre>
 *   text         1 , a , 7 \n 2 , " x , y " , 8 \n
 *   separators     1   1   1    1           1   1
 *   line feeds             1                    1       0 0 1 0 0 1 expanded to the separators
 * </pre>
 */
final class CsvIndex {
    /** Indexing stops once a batch has this many records. */
    private static final int ENOUGH = 512;
    /** Records with more columns are not indexed. */
    private static final int MAX_COLUMNS = 4 << 10;

    private static final int BLOCK = BlockMasks.BLOCK;
    /**
     * Marks are written in groups of this size, past the actual count if need be: their number per block is
     * unpredictable.
     */
    private static final int AT_ONCE = 8;

    /** The records found. */
    final Batch batch;
    /** Start of the first record that is not in the batch. */
    int next;
    /** Physical line breaks before {@code next}. */
    long lines;

    private final BlockMasks masks;
    private int columns;
    private int[] wanted = {};
    /**
     * Indexed by the phase (the position of a block's first separator in its record): which separators are line feeds.
     */
    private long[] lineFeedPlaces = {};
    /** Indexed by the phase, too: which separators are marks of the batch. */
    private long[] markPlaces = {};
    /** Whether all separators are marks. */
    private boolean markAll;

    /** All bits set if the previous block ends inside quotes, else 0. */
    private long inside;
    /** 1 if the previous block ends with a closing quote, else 0. */
    private long closed;
    /** Whether the block contains something that the index cannot handle. */
    private boolean odd;
    /** Exclusive end of the bytes to look at. */
    private int limit;

    CsvIndex(CsvDialect dialect, Batch batch) {
        this.batch = batch;
        masks = new BlockMasks(dialect);
    }

    /** Returns whether records with this many columns can be indexed; {@code indexes} are the wanted columns. */
    boolean prepare(int columnCount, int[] indexes) {
        if (columnCount > MAX_COLUMNS) {
            return false;
        }
        if (columnCount != columns || !Arrays.equals(wanted, indexes)) {
            columns = columnCount;
            wanted = indexes.clone();
            boolean[] marks = batch.lay(columns, wanted);
            boolean[] lineFeed = new boolean[columns];
            lineFeed[columns - 1] = true;
            lineFeedPlaces = places(lineFeed);
            markPlaces = places(marks);
            markAll = batch.stride == columns;
            batch.reserve(ENOUGH + BLOCK, 2 * BLOCK);
        }
        return true;
    }

    private long[] places(boolean[] chosen) {
        long[] byPhase = new long[columns];
        for (int phase = 0; phase < columns; phase++) {
            for (int bit = 0; bit < BLOCK; bit++) {
                byPhase[phase] |= chosen[(phase + bit) % columns] ? 1L << bit : 0;
            }
        }
        return byPhase;
    }

    /** Indexes the records in {@code bytes[from, to)}; the first one starts at {@code from}. */
    void find(byte[] bytes, int from, int to) {
        batch.bytes = bytes;
        batch.first = from;
        limit = to;
        inside = 0;
        closed = 0;
        odd = false;
        int[] marks = batch.marks;
        int nextRecord = from;
        int records = 0;
        int marked = 0;
        int phase = 0;
        long passed = 0;
        long begun = 0;
        long separated = 1;
        for (int block = from; block < to && records < ENOUGH; block += BLOCK) {
            masks.read(bytes, block);
            long known = to - block >= BLOCK ? -1 : (1L << (to - block)) - 1;
            long lineFeeds = masks.lineFeeds & known;
            long separators = (masks.delimiters | masks.lineFeeds) & known;
            long ends = lineFeeds;
            if ((masks.quotes | inside | closed) != 0 || masks.hasReturns) {
                long within = within(bytes, block, known, lineFeeds, separators, separated);
                ends &= ~within;
                separators &= ~within;
            }
            if (odd || Long.expand(lineFeedPlaces[phase], separators) != ends) {
                break;
            }
            separated = separators >>> (BLOCK - 1);
            long marking = markAll ? separators : Long.expand(markPlaces[phase], separators);
            int count = Long.bitCount(marking);
            for (int i = 0; i < count; i += AT_ONCE) {
                marking = mark(marking, block, marks, marked + i);
            }
            marked += count;
            // No branches, since it is unpredictable whether a record ends in this block.
            int last = BLOCK - Long.numberOfLeadingZeros(ends);
            int none = (last - 1) >> 31;
            long behind = none | -(Long.highestOneBit(ends) << 1);
            nextRecord += (block + last - nextRecord) & ~none;
            records += Long.bitCount(ends);
            phase = (phase & none) + Long.bitCount(separators & behind);
            begun = (begun & none) + Long.bitCount(lineFeeds & behind);
            passed += Long.bitCount(lineFeeds);
        }
        batch.rows = records;
        next = nextRecord;
        lines = passed - begun;
        if (columns == 1) {
            stopAtBlank(bytes, from);
        }
    }

    /**
     * Writes {@link #AT_ONCE} marks at {@code to}, valid as far as {@code marking} has bits; returns the remaining
     * bits.
     */
    private static long mark(long marking, int block, int[] marks, int to) {
        long left = marking;
        for (int i = 0; i < AT_ONCE; i++) {
            marks[to + i] = block + Long.numberOfTrailingZeros(left);
            left &= left - 1;
        }
        return left;
    }

    /** Ends the batch before the first blank line: with one column per record, an empty record is a blank line. */
    private void stopAtBlank(byte[] bytes, int from) {
        for (int row = 0; row < batch.rows; row++) {
            if (batch.recordEnd(row) == batch.recordStart(row)) {
                batch.rows = row;
                next = batch.recordStart(row);
                lines = LineBreaks.count(bytes, from, next);
            }
        }
    }

    /**
     * Returns the mask of bytes inside quotes, opening quotes included; sets {@code odd} if the block is not
     * well-formed.
     */
    private long within(byte[] bytes, int block, long known, long lineFeeds, long separators, long separated) {
        long returns = masks.hasReturns ? BlockMasks.returns(bytes, block) & known : 0;
        // A lone CR is odd inside quotes, too, since line breaks are counted by line feeds. The byte at the end may not
        // be in memory.
        odd = ((returns << 1) & ~lineFeeds & known) != 0
                || (returns < 0 && (block + BLOCK >= limit || bytes[block + BLOCK] != '\n'));
        long marks = masks.quotes & known;
        long within = parity(marks) ^ inside;
        long opening = marks & within;
        long closing = marks & ~within;
        long afterClosing = (closing << 1) | closed;
        long fieldEnds = (separators | returns) & ~within;
        long fieldStarts = ((separators & ~within) << 1) | separated;
        // A doubled quote closes and opens again.
        odd |= (opening & ~(fieldStarts | afterClosing)) != 0 || (afterClosing & ~(fieldEnds | opening) & known) != 0;
        inside = within >> (BLOCK - 1);
        closed = closing >>> (BLOCK - 1);
        return within;
    }

    /** Returns the prefix parity: each bit is the parity of all bits up to and including it. */
    private static long parity(long bits) {
        long parity = bits;
        for (int shift = 1; shift < BLOCK; shift *= 2) {
            parity ^= parity << shift;
        }
        return parity;
    }
}
