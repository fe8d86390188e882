package io.filejob.aggregate;

import io.filejob.bytes.ByteList;
import io.filejob.bytes.Swar;
import io.filejob.bytes.Utf8;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FastPath;
import io.filejob.csv.ShortDecimal;
import io.filejob.measure.DecimalColumn;
import io.filejob.measure.NumberState;
import io.filejob.spill.RowBuckets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that consist of the key columns and then one number, without quotes. Finds the key's end, the number
 * and the group record by record, whereas a batch takes one pass over the bytes and further ones over the fields. A key
 * is checked for quotes, line breaks and UTF-8 only when its group is new: the raw bytes of a record never equal a key
 * that only a quoted field can contain, since {@link GroupTable} keeps such keys apart.
 */
final class SimpleRowFastPath implements FastPath {
    private static final long LINE_FEEDS = Swar.repeat('\n');
    private static final long CARRIAGE_RETURNS = Swar.repeat('\r');
    /** Number of positions scanned in turn, so that finding the end of one record does not wait for another. */
    private static final int CURSORS = 4;
    /** Bytes for each cursor, and the maximum number of records in them. */
    private static final int SPAN = 2 << 10;

    private static final int MAX = 1 << 9;
    /** Longer keys are left to the batches. */
    private static final int MAX_KEY_LENGTH = 256;

    private final int keys;
    /** Exclusive limit for the length of a key; the position that stands for a missing delimiter is that far away. */
    private final int tooLong;

    private final long delimiters;
    private final long quotes;
    private final GroupTable table;
    private final DecimalColumn column;
    private final ShortDecimal number;
    private final RowGroups target;
    private final List<NumberState> states;
    private final byte[] key = new byte[MAX_KEY_LENGTH + 2 * Long.BYTES];
    private int rows;
    /** Whether a record that is not simple was encountered. */
    private boolean stopped;

    private final int[] starts = new int[CURSORS + 1];
    private final int[] counts = new int[CURSORS];
    private final int[] keyEnds = new int[CURSORS * MAX];
    private final int[] lineEnds = new int[CURSORS * MAX];

    /** Receiver of the rows. */
    interface RowGroups {
        /** Returns an array for the group numbers of the next rows. */
        int[] groups(int count);

        /** Adds {@code count} rows with their groups and values stored. */
        void add(int count);

        /** Returns the destination for rows while lookups are switched off; null while they are on. */
        @Nullable
        RowBuckets buckets();

        /** Counts rows that were written to {@link #buckets}. */
        void appended(int count);
    }

    /**
     * The state to be filled.
     *
     * @param keys number of key columns before the number
     * @param table the groups
     * @param column the numbers
     * @param states the measures, all of that column
     */
    record Fill(int keys, GroupTable table, DecimalColumn column, List<NumberState> states) {}

    /** Creates a scan that fills {@code fill} and passes the rows to {@code target}. */
    SimpleRowFastPath(CsvDialect dialect, Fill fill, RowGroups target) {
        this.keys = fill.keys();
        this.states = fill.states();
        this.tooLong = keys == 1 ? MAX_KEY_LENGTH + 2 * Long.BYTES : MAX_KEY_LENGTH;
        this.delimiters = Swar.repeat(dialect.delimiter());
        this.quotes = dialect.quote() == 0 ? LINE_FEEDS : Swar.repeat(dialect.quote());
        this.table = fill.table();
        this.column = fill.column();
        this.number = new ShortDecimal(dialect);
        this.target = target;
    }

    /**
     * Returns whether this can read records of {@code columns} columns; {@code wanted} are the keys and then the
     * number.
     */
    boolean fits(int columns, int[] wanted) {
        boolean inOrder = columns == keys + 1 && wanted.length == columns;
        for (int i = 0; i < wanted.length && inOrder; i++) {
            inOrder = wanted[i] == i;
        }
        return inOrder;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int read(byte[] bytes, int from, int limit) {
        rows = 0;
        int p = from;
        while (p < limit) {
            int end = p + CURSORS * SPAN;
            boolean several = end <= limit && !hasQuotes(bytes, p, end + MAX_KEY_LENGTH) && divide(bytes, p);
            p = several ? chunk(bytes, end, CURSORS) : single(bytes, p, Math.min(limit, p + SPAN));
            if (stopped) {
                return p;
            }
        }
        return p;
    }

    /** Without quotes, a record begins after every line feed. */
    private boolean hasQuotes(byte[] bytes, int from, int to) {
        if (quotes == LINE_FEEDS) {
            return false;
        }
        long found = 0;
        for (int p = from; p < to; p += 8) {
            long word = Swar.load(bytes, p) ^ quotes;
            found |= Swar.firstZero(word);
        }
        return found != 0;
    }

    /** Finds a first record for each cursor; returns false if lines are too long for that. */
    private boolean divide(byte[] bytes, int from) {
        starts[0] = from;
        for (int i = 1; i < CURSORS; i++) {
            int p = from + i * SPAN;
            int giveUp = p + MAX_KEY_LENGTH;
            while (bytes[p - 1] != '\n') {
                if (++p == giveUp) {
                    return false;
                }
            }
            starts[i] = p;
        }
        return true;
    }

    private int single(byte[] bytes, int from, int to) {
        starts[0] = from;
        return chunk(bytes, to, 1);
    }

    /**
     * Reads the records from the cursors' starts up to {@code to}; returns the start of the first record that was not
     * read.
     */
    private int chunk(byte[] bytes, int to, int cursors) {
        starts[cursors] = to;
        if (cursors == CURSORS) {
            findAll(bytes);
        } else {
            counts[0] = find(bytes, 0, starts[0], to, 0);
        }
        RowBuckets buckets = target.buckets();
        int most = 0;
        for (int i = 0; i < cursors; i++) {
            most += counts[i];
        }
        int[] groups = target.groups(most);
        column.plain(most);
        int count = 0;
        int p = starts[0];
        stopped = false;
        for (int i = 0; i < cursors && !stopped && p >= starts[i]; i++) {
            p = starts[i];
            int read = buckets == null
                    ? use(bytes, i * MAX, counts[i], p, groups, count)
                    : append(bytes, i * MAX, counts[i], p, buckets);
            count += read;
            p = read == 0 ? p : lineEnds[i * MAX + read - 1] + 1;
            stopped = read < counts[i];
        }
        rows += count;
        if (buckets == null) {
            target.add(count);
        } else {
            target.appended(count);
        }
        return p;
    }

    /** Finds the ends of keys and records with all cursors in turn, as long as each has some left. */
    private void findAll(byte[] bytes) {
        int a = starts[0];
        int b = starts[1];
        int c = starts[2];
        int d = starts[3];
        int aEnd = b;
        int bEnd = c;
        int cEnd = d;
        int dEnd = starts[4];
        int n = 0;
        int[] keyPlaces = keyEnds;
        int[] linePlaces = lineEnds;
        while (a < aEnd && b < bEnd && c < cEnd && d < dEnd && n < MAX) {
            int key = keyEnd(bytes, a);
            int line = lineEnd(bytes, key + 1);
            keyPlaces[n] = key;
            linePlaces[n] = line;
            a = line + 1;
            key = keyEnd(bytes, b);
            line = lineEnd(bytes, key + 1);
            keyPlaces[MAX + n] = key;
            linePlaces[MAX + n] = line;
            b = line + 1;
            key = keyEnd(bytes, c);
            line = lineEnd(bytes, key + 1);
            keyPlaces[2 * MAX + n] = key;
            linePlaces[2 * MAX + n] = line;
            c = line + 1;
            key = keyEnd(bytes, d);
            line = lineEnd(bytes, key + 1);
            keyPlaces[3 * MAX + n] = key;
            linePlaces[3 * MAX + n] = line;
            d = line + 1;
            n++;
        }
        counts[0] = find(bytes, 0, a, aEnd, n);
        counts[1] = find(bytes, MAX, b, bEnd, n);
        counts[2] = find(bytes, 2 * MAX, c, cEnd, n);
        counts[3] = find(bytes, 3 * MAX, d, dEnd, n);
    }

    /** Like {@link #findAll}, with one cursor, after {@code known} records; returns the new number of records. */
    private int find(byte[] bytes, int place, int from, int to, int known) {
        int n = known;
        int p = from;
        while (p < to && n < MAX) {
            int key = keyEnd(bytes, p);
            int line = lineEnd(bytes, key + 1);
            keyEnds[place + n] = key;
            lineEnds[place + n] = line;
            p = line + 1;
            n++;
        }
        return n;
    }

    /**
     * Finds groups and values of {@code many} records from {@code from} on; returns how many precede the first one that
     * is not simple.
     */
    private int use(byte[] bytes, int place, int many, int from, int[] groups, int count) {
        long[] values = column.values;
        int scale = column.scale;
        int p = from;
        for (int i = 0; i < many; i++) {
            int key = keyEnds[place + i];
            int line = lineEnds[place + i];
            int end = bytes[line - 1] == '\r' ? line - 1 : line;
            if (bytes[line] != '\n' || key - p >= tooLong || !number.read(bytes, key + 1, end - key - 1, scale)) {
                return i;
            }
            int group = group(bytes, p, key - p);
            if (group == 0) {
                return i;
            }
            groups[count + i] = group;
            values[count + i] = number.scaled();
            p = line + 1;
        }
        return many;
    }

    /** Like {@link #use}, for rows that are written to {@code buckets}. */
    private int append(byte[] bytes, int place, int many, int from, RowBuckets buckets) {
        int scale = column.scale;
        int p = from;
        for (int i = 0; i < many; i++) {
            int end = keyEnds[place + i];
            int line = lineEnds[place + i];
            int last = bytes[line - 1] == '\r' ? line - 1 : line;
            if (bytes[line] != '\n'
                    || end - p >= tooLong
                    || !number.read(bytes, end + 1, last - end - 1, scale)
                    || !isSimple(bytes, p, end)) {
                return i;
            }
            int length = end - p;
            for (int at = 0; at < length; at += 8) {
                long word = Swar.load(bytes, p + at);
                if (keys > 1) {
                    if (length - at < 8) {
                        word |= -1L << (8 * (length - at));
                    }
                    if (Swar.firstZero(word) != 0) {
                        // A zero byte within a text is encoded differently.
                        return i;
                    }
                    word = KeyHash.cleared(word, delimiters);
                }
                Swar.store(key, at, word);
            }
            ByteList out = buckets.begin(key, 0, length);
            for (int state = 0; state < states.size(); state++) {
                states.get(state).writeRow(number.scaled(), scale, out);
            }
            p = line + 1;
        }
        return many;
    }

    /**
     * Returns the position of the delimiter after the last key column; if there is none nearby, the position
     * {@link #tooLong} bytes after {@code from}.
     */
    private int keyEnd(byte[] bytes, int from) {
        if (keys > 1) {
            return lastKeyEnd(bytes, from);
        }
        long first = delimitersIn(bytes, from);
        long second = delimitersIn(bytes, from + 8);
        if ((first | second) == 0) {
            return lastKeyEnd(bytes, from + 16);
        }
        // Both are computed without a branch, since it is unpredictable which word contains the delimiter.
        int inFirst = Long.numberOfTrailingZeros(first);
        int inSecond = 64 + Long.numberOfTrailingZeros(second);
        return from + ((first == 0 ? inSecond : inFirst) >>> 3);
    }

    private long delimitersIn(byte[] bytes, int from) {
        long other = Swar.load(bytes, from) ^ delimiters;
        return Swar.zeroMarks(other);
    }

    private int lastKeyEnd(byte[] bytes, int from) {
        int needed = keys;
        for (int p = from; p < from + MAX_KEY_LENGTH; p += 8) {
            long found = delimitersIn(bytes, p);
            int count = Long.bitCount(found);
            if (count >= needed) {
                for (int i = 1; i < needed; i++) {
                    found &= found - 1;
                }
                return p + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            needed -= count;
        }
        return from + MAX_KEY_LENGTH;
    }

    /** Returns the position of the line feed within 16 bytes; if there is none, some later position. */
    private static int lineEnd(byte[] bytes, int from) {
        long word = Swar.load(bytes, from) ^ LINE_FEEDS;
        long found = Swar.firstZero(word);
        if (found != 0) {
            return from + (Long.numberOfTrailingZeros(found) >>> 3);
        }
        word = Swar.load(bytes, from + 8) ^ LINE_FEEDS;
        found = Swar.firstZero(word);
        return from + 8 + (Long.numberOfTrailingZeros(found) >>> 3);
    }

    /** Returns the group of a key, 0 if the key is not simple. */
    private int group(byte[] bytes, int from, int length) {
        int found = keys == 1 ? table.find(bytes, from, length) : table.findRaw(bytes, from, length);
        if (found > 0) {
            return found;
        }
        return found < 0 && isSimple(bytes, from, from + length) ? table.add(bytes, from, length, keys > 1) : 0;
    }

    private boolean isSimple(byte[] bytes, int from, int to) {
        long special = 0;
        long all = 0;
        for (int p = from; p < to; p += 8) {
            long word = Swar.load(bytes, p);
            if (to - p < 8) {
                // Bytes after the key are replaced by ones, which are not special.
                word = (word & ((1L << (8 * (to - p))) - 1)) | (Swar.repeat(1) << (8 * (to - p)));
            }
            all |= word;
            long quote = word ^ quotes;
            long lineFeed = word ^ LINE_FEEDS;
            long carriageReturn = word ^ CARRIAGE_RETURNS;
            special |= Swar.firstZero(quote) | Swar.firstZero(lineFeed) | Swar.firstZero(carriageReturn);
        }
        return special == 0 && (Swar.isAscii(all) || Utf8.isValid(bytes, from, to));
    }
}
