package io.filejob.read;

import java.util.Arrays;

/**
 * Finds the wanted columns' fields in whole, well-formed records, 64 bytes at a time: the hot loop. A block becomes
 * three masks, one bit per byte: delimiters and line feeds outside quotes are separators. Of records with n fields every
 * n-th separator is a line feed, which is checked for a block at once: a pattern of where line feeds are among separators is
 * spread to the separators' places. The separators around the wanted columns are picked likewise. It stops before what it
 * does not understand: malformed records, blank lines, a CR without LF. Not thread-safe.
 *
 * <pre>
 *   text         1 , a , 7 \n 2 , " x , y " , 8 \n
 *   separators     1   1   1    1           1   1
 *   line feeds             1                    1       0 0 1 0 0 1 spread to the separators
 * </pre>
 */
final class CsvIndex {
    /** Indexing stops when there are so many records. */
    private static final int ENOUGH = 512;
    /** More columns are not indexed. */
    private static final int COLUMN_LIMIT = 4 << 10;

    private static final int BLOCK = BlockMasks.BLOCK;
    /** So many marks are put down whether they are there or not: how many there are cannot be foretold. */
    private static final int AT_ONCE = 8;

    /** What was found. */
    final Batch batch;
    /** Where the first record starts that is not in the batch. */
    int next;
    /** Physical line breaks before {@code next}. */
    long lines;

    private final BlockMasks masks;
    private int columns;
    private int[] wanted = {};
    /** By the place in its record of a block's first separator: which separators are line feeds. */
    private long[] lineFeedPlaces = {};
    /** Likewise, which are marks of the batch. */
    private long[] markPlaces = {};
    /** Whether all separators are. */
    private boolean markAll;

    /** All bits if the block before ends inside quotes, else 0. */
    private long inside;
    /** 1 if the block before ends with a closing quote, else 0. */
    private long closed;
    /** Whether the block is not understood. */
    private boolean odd;
    /** What is there and behind it is not looked at. */
    private int limit;

    CsvIndex(CsvDialect dialect, Batch batch) {
        this.batch = batch;
        masks = new BlockMasks(dialect);
    }

    /** Whether records of so many columns can be indexed; {@code indexes} are those that are wanted. */
    boolean prepare(int columnCount, int[] indexes) {
        if (columnCount > COLUMN_LIMIT) {
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

    /** Indexes the records in {@code bytes[from, to)}, of which the first starts at {@code from}. */
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
            // Without branches, since whether a record ends in a block cannot be foretold.
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

    /** Puts {@link #AT_ONCE} marks at {@code to}, of which those count that there are; which are left. */
    private static long mark(long marking, int block, int[] marks, int to) {
        long left = marking;
        for (int i = 0; i < AT_ONCE; i++) {
            marks[to + i] = block + Long.numberOfTrailingZeros(left);
            left &= left - 1;
        }
        return left;
    }

    /** Of records with one field, an empty one is none. */
    private void stopAtBlank(byte[] bytes, int from) {
        for (int row = 0; row < batch.rows; row++) {
            if (batch.recordEnd(row) == batch.recordStart(row)) {
                batch.rows = row;
                next = batch.recordStart(row);
                lines = LineBreaks.count(bytes, from, next);
            }
        }
    }

    /** Which bytes of a block are inside quotes, the opening ones included; {@code odd} if it is not well-formed. */
    private long within(byte[] bytes, int block, long known, long lineFeeds, long separators, long separated) {
        long returns = masks.hasReturns ? BlockMasks.returns(bytes, block) & known : 0;
        // One inside quotes too, since line breaks are counted by line feeds. The byte at the end may not be in memory.
        odd = ((returns << 1) & ~lineFeeds & known) != 0
                || (returns < 0 && (block + BLOCK >= limit || bytes[block + BLOCK] != '\n'));
        long marks = masks.quotes & known;
        long within = parity(marks) ^ inside;
        long opening = marks & within;
        long closing = marks & ~within;
        long afterClosing = (closing << 1) | closed;
        long fieldEnds = (separators | returns) & ~within;
        long fieldStarts = ((separators & ~within) << 1) | separated;
        // A doubled quote closes and opens.
        odd |= (opening & ~(fieldStarts | afterClosing)) != 0 || (afterClosing & ~(fieldEnds | opening) & known) != 0;
        inside = within >> (BLOCK - 1);
        closed = closing >>> (BLOCK - 1);
        return within;
    }

    /** Each bit is the parity of the bits up to it. */
    private static long parity(long bits) {
        long parity = bits;
        for (int shift = 1; shift < BLOCK; shift *= 2) {
            parity ^= parity << shift;
        }
        return parity;
    }
}
