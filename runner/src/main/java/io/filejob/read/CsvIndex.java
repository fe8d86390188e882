package io.filejob.read;

/**
 * Finds the wanted column's fields in whole, well-formed records, 64 bytes at a time: the hot loop. A block becomes
 * three masks, one bit per byte: delimiters and line feeds outside quotes are separators. Of records with n fields every
 * n-th separator is a line feed, which is checked for a block at once; the separators before and behind the column are
 * picked by their places as well. It stops before what it does not understand: malformed records, blank lines, a CR
 * without LF. Not thread-safe.
 *
 * <pre>
 *   text         1 , a , 7 \n 2 , " x , y " , 8 \n
 *   separators     1   1   1    1           1   1
 *   line feeds             1                    1       compressed by the separators: 0 0 1 0 0 1
 * </pre>
 */
final class CsvIndex {
    /** Indexing stops when there are so many records. */
    private static final int ENOUGH = 512;
    /** More columns are not indexed. */
    private static final int COLUMN_LIMIT = 4 << 10;

    private static final int BLOCK = Long.SIZE;
    private static final long LINE_FEEDS = Swar.repeat('\n');
    private static final long CARRIAGE_RETURNS = Swar.repeat('\r');

    /** Where the column's field begins and ends, record by record, without quotes if the record has more fields. */
    final int[] begins = new int[ENOUGH + 2 * BLOCK];

    final int[] ends = new int[ENOUGH + 2 * BLOCK];
    /** How many records there are. */
    int records;
    /** Where the first record starts that is not among them. */
    int next;
    /** Physical line breaks before {@code next}. */
    long lines;

    private final long delimiters;
    private final long quotes;
    private final boolean quoting;
    private final byte quote;
    private int columns;
    private int column;
    /** By the place in its record of a block's first separator: which separators are line feeds. */
    private long[] lineFeedPlaces = {};
    /** Likewise, which are before and behind the column. */
    private long[] beginPlaces = {};

    private long[] endPlaces = {};

    /** All bits if the block before ends inside quotes, else 0. */
    private long inside;
    /** 1 if the block before ends with a closing quote, else 0. */
    private long closed;
    /** Whether the block is not understood. */
    private boolean odd;
    /** Whether fields may have quotes around them or a CR behind. */
    private boolean decorated;

    CsvIndex(TextFormat.Csv format) {
        delimiters = Swar.repeat(format.delimiter());
        quote = format.quote();
        quoting = quote != 0;
        quotes = quoting ? Swar.repeat(format.quote()) : CARRIAGE_RETURNS;
    }

    /** Whether records of so many columns can be indexed; the fields found are those of {@code column}, from 0. */
    boolean prepare(int columnCount, int wanted) {
        if (columnCount > COLUMN_LIMIT) {
            return false;
        }
        if (columnCount != columns || wanted != column) {
            columns = columnCount;
            column = wanted;
            lineFeedPlaces = places(columns - 1);
            beginPlaces = places(column == 0 ? columns - 1 : column - 1);
            endPlaces = places(column);
        }
        return true;
    }

    private long[] places(int place) {
        long[] byPhase = new long[columns];
        for (int phase = 0; phase < columns; phase++) {
            for (int bit = 0; bit < BLOCK; bit++) {
                byPhase[phase] |= (phase + bit) % columns == place ? 1L << bit : 0;
            }
        }
        return byPhase;
    }

    /** Indexes the records in {@code bytes[from, to)}, of which the first starts at {@code from}. */
    void find(byte[] bytes, int from, int to) {
        decorated = false;
        scan(bytes, from, to);
        if (decorated) {
            strip(bytes);
        }
    }

    private void scan(byte[] bytes, int from, int to) {
        records = 0;
        next = from;
        lines = 0;
        inside = 0;
        closed = 0;
        odd = false;
        int begun = 0;
        int ended = 0;
        if (column == 0) {
            begins[begun++] = from;
        }
        int phase = 0;
        long passed = 0;
        long separated = 1;
        for (int block = from; block < to && records < ENOUGH; block += BLOCK) {
            long lineFeeds = 0;
            long separators = 0;
            long unusual = 0;
            for (int word = 0; word < BLOCK; word += Long.BYTES) {
                long text = Swar.load(bytes, block + word);
                long lineFeed = Swar.zeros(text ^ LINE_FEEDS) << word;
                lineFeeds |= lineFeed;
                separators |= lineFeed | (Swar.zeros(text ^ delimiters) << word);
                unusual |= Swar.firstZero(text ^ quotes) | Swar.firstZero(text ^ CARRIAGE_RETURNS);
            }
            long known = to - block >= BLOCK ? -1 : (1L << (to - block)) - 1;
            lineFeeds &= known;
            separators &= known;
            long ends = lineFeeds;
            if ((unusual | inside | closed) != 0) {
                long within = within(bytes, block, known, lineFeeds, separators, separated);
                if (odd) {
                    return;
                }
                ends &= ~within;
                separators &= ~within;
            }
            separated = separators >>> (BLOCK - 1);
            if (separators != 0) {
                int count = Long.bitCount(separators);
                if (Long.compress(ends, separators) != (lineFeedPlaces[phase] & (-1L >>> (BLOCK - count)))) {
                    return;
                }
                begun = append(begins, begun, Long.expand(beginPlaces[phase], separators), block + 1);
                ended = append(this.ends, ended, Long.expand(endPlaces[phase], separators), block);
                phase += count;
            }
            if (ends != 0) {
                int last = BLOCK - 1 - Long.numberOfLeadingZeros(ends);
                records += Long.bitCount(ends);
                next = block + last + 1;
                lines = passed + Long.bitCount(lineFeeds & (-1L >>> (BLOCK - 1 - last)));
                phase = Long.bitCount(separators >>> last >>> 1);
            }
            passed += Long.bitCount(lineFeeds);
        }
    }

    /** Takes the CR from the end of last fields, and the quotes from around fields, the only ones of records aside. */
    private void strip(byte[] bytes) {
        boolean last = column == columns - 1;
        for (int i = 0; i < records; i++) {
            int begin = begins[i];
            int end = ends[i];
            if (last && begin < end && bytes[end - 1] == '\r') {
                end--;
            }
            if (quoting && columns > 1 && begin < end && bytes[begin] == quote) {
                begin++;
                end--;
            }
            begins[i] = begin;
            ends[i] = end;
        }
    }

    /** Appends {@code origin} + the number of each bit; how many there are then. */
    private static int append(int[] list, int size, long bits, int origin) {
        int count = size;
        for (long left = bits; left != 0; left &= left - 1) {
            list[count++] = origin + Long.numberOfTrailingZeros(left);
        }
        return count;
    }

    /** Which bytes of a block are inside quotes, the opening ones included; {@code odd} if it is not well-formed. */
    private long within(byte[] bytes, int block, long known, long lineFeeds, long separators, long separated) {
        decorated = true;
        long returns = mask(bytes, block, CARRIAGE_RETURNS) & known;
        odd = (((returns << 1) & ~lineFeeds & known) != 0) || (returns < 0 && bytes[block + BLOCK] != '\n');
        if (!quoting) {
            return 0;
        }
        long marks = mask(bytes, block, quotes) & known;
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

    private static long mask(byte[] bytes, int block, long wanted) {
        long mask = 0;
        for (int word = 0; word < BLOCK; word += Long.BYTES) {
            mask |= Swar.zeros(Swar.load(bytes, block + word) ^ wanted) << word;
        }
        return mask;
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
