package io.filejob.spill;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.group.SortableKeys;
import io.filejob.group.SortedRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the records of a key range and sorts them by key. Large sets are first divided into smaller ranges, each of
 * which is sorted and read within the CPU cache.
 */
public final class RowSort {
    /** Approximate number of bytes to sort at once. */
    private static final int SMALL = 128 << 10;
    /** Sample keys per boundary between smaller ranges. */
    private static final int SAMPLES = 8;

    private static final int MAX_PARTS = 256;

    private static final int BYTES_PER_RECORD = 32;

    private Rows rows = new Rows();
    private Rows moved = new Rows();
    private int[] parts = {};
    private final ConsecutiveRecords part = new ConsecutiveRecords();
    private KeySort sort = new KeySort(part);

    /** Records stored one after the other, numbered from 0. */
    private static final class Rows {
        final ByteList bytes = new ByteList(1 << 16);
        int[] starts = new int[1 << 10];
        int[] lengths = new int[1 << 10];
        int count;

        void reserve(int more) {
            if (starts.length < count + more) {
                starts = Arrays.copyOf(starts, 2 * (count + more));
                lengths = Arrays.copyOf(lengths, 2 * (count + more));
            }
        }

        int end(int row) {
            return row + 1 < count ? starts[row + 1] : bytes.size;
        }

        void clear() {
            bytes.clear();
            count = 0;
        }
    }

    /** A sequence of consecutive records. */
    private final class ConsecutiveRecords implements SortableKeys {
        private int first;
        private int size;

        @Override
        public int count() {
            return size;
        }

        @Override
        public byte[] bytes() {
            return rows.bytes.array;
        }

        @Override
        public int keyStart(int entry) {
            return rows.starts[first + entry - 1];
        }

        @Override
        public int keyLength(int entry) {
            return rows.lengths[first + entry - 1];
        }
    }

    /** Adds the record {@code bytes[keyStart, end)}, which begins with a key of {@code keyLength} bytes. */
    public void add(byte[] bytes, int keyStart, int keyLength, int end) {
        rows.reserve(1);
        rows.starts[rows.count] = rows.bytes.size;
        rows.lengths[rows.count++] = keyLength;
        rows.bytes.put(bytes, keyStart, end);
    }

    /** Returns the number of records. */
    public int count() {
        return rows.count;
    }

    /**
     * Returns whether the records exceed the amount to be sorted at once with this {@code memory}: arrays have room to
     * grow and exist twice, and sorting takes up to {@value #BYTES_PER_RECORD} bytes per record.
     */
    public boolean isMoreThan(long memory) {
        return 2L * rows.bytes.size + (long) BYTES_PER_RECORD * rows.count > memory / 8 * 3;
    }

    /** Removes all rows and keeps the memory. */
    public void clear() {
        rows.clear();
    }

    /** Removes all records and releases their memory. */
    public void release() {
        rows = new Rows();
        moved = new Rows();
        parts = new int[0];
        sort = new KeySort(part);
    }

    /** Returns the records in order; valid until the next change. */
    public SortedRecords sorted() {
        int wanted = Math.clamp(rows.bytes.size / SMALL, 1, MAX_PARTS);
        int[] ends = wanted == 1 ? new int[] {rows.count} : divide(borders(wanted));
        return new Sorted(ends);
    }

    /** Returns keys at equal distances in a sorted sample. */
    private Splitters borders(int ranges) {
        int count = Math.min(rows.count, ranges * SAMPLES);
        List<byte[]> sample = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int row = (int) ((long) i * rows.count / count);
            int start = rows.starts[row];
            sample.add(BlockIndex.border(rows.bytes.array, start, rows.lengths[row]));
        }
        sample.sort(Arrays::compareUnsigned);
        List<byte[]> borders = new ArrayList<>();
        for (int i = 1; i < ranges; i++) {
            borders.add(sample.get((int) ((long) i * count / ranges)));
        }
        return new Splitters(borders);
    }

    /** Groups the records by smaller range; returns the end of each range. */
    private int[] divide(Splitters borders) {
        int ranges = borders.ranges();
        int[] counts = new int[ranges];
        int[] places = new int[ranges];
        if (parts.length < rows.count) {
            parts = new int[rows.starts.length];
        }
        for (int row = 0; row < rows.count; row++) {
            int range = borders.find(rows.bytes.array, rows.starts[row], rows.lengths[row]);
            parts[row] = range;
            counts[range]++;
            places[range] += rows.end(row) - rows.starts[row];
        }
        int[] next = new int[ranges];
        int[] ends = new int[ranges];
        int place = 0;
        int number = 0;
        for (int range = 0; range < ranges; range++) {
            int size = places[range];
            places[range] = place;
            place += size;
            next[range] = number;
            number += counts[range];
            ends[range] = number;
        }
        moved.clear();
        moved.reserve(rows.count);
        moved.bytes.reserve(place);
        for (int row = 0; row < rows.count; row++) {
            int range = parts[row];
            int size = rows.end(row) - rows.starts[row];
            int to = next[range]++;
            System.arraycopy(rows.bytes.array, rows.starts[row], moved.bytes.array, places[range], size);
            moved.starts[to] = places[range];
            moved.lengths[to] = rows.lengths[row];
            places[range] += size;
        }
        moved.bytes.size = place;
        moved.count = rows.count;
        Rows before = rows;
        rows = moved;
        moved = before;
        return ends;
    }

    /** Sorts and returns the records range by range. */
    private final class Sorted implements SortedRecords {
        private final int[] ends;
        private final ByteCursor state = new ByteCursor();
        private int[] order = {};
        private int range;
        private int next;
        private int row;

        Sorted(int[] ends) {
            this.ends = ends;
            part.size = 0;
        }

        @Override
        public boolean next() {
            while (next == part.size) {
                if (range == ends.length) {
                    return false;
                }
                part.first = range == 0 ? 0 : ends[range - 1];
                part.size = ends[range++] - part.first;
                next = 0;
                order = sort.sort();
            }
            row = part.first + order[next++] - 1;
            state.of(rows.bytes.array, rows.starts[row] + rows.lengths[row]);
            return true;
        }

        @Override
        public byte[] bytes() {
            return rows.bytes.array;
        }

        @Override
        public int keyStart() {
            return rows.starts[row];
        }

        @Override
        public int keyLength() {
            return rows.lengths[row];
        }

        @Override
        public ByteCursor state() {
            return state;
        }
    }
}
