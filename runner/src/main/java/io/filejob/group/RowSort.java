package io.filejob.group;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records of a range of keys, as they come, and then in the order of their keys. Many records are first moved into smaller
 * ranges, each of which is sorted and read where memory is fast.
 */
final class RowSort {
    /** About so many bytes are sorted at once. */
    private static final int SMALL = 128 << 10;
    /** So many keys are looked at for each border between smaller ranges. */
    private static final int SAMPLES = 8;

    private static final int MOST_PARTS = 256;

    private static final int BYTES_PER_RECORD = 32;

    private Rows rows = new Rows();
    private Rows moved = new Rows();
    private int[] parts = {};
    private final Part part = new Part();
    private KeySort sort = new KeySort(part);

    /** Records one after the other, numbered from 0 on. */
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

    /** Some of the records that follow each other. */
    private final class Part implements SortableKeys {
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

    /** Adds the record {@code bytes[keyStart, end)}, of which the first {@code keyLength} bytes are its key. */
    void add(byte[] bytes, int keyStart, int keyLength, int end) {
        rows.reserve(1);
        rows.starts[rows.count] = rows.bytes.size;
        rows.lengths[rows.count++] = keyLength;
        rows.bytes.put(bytes, keyStart, end);
    }

    /** How many records there are. */
    int count() {
        return rows.count;
    }

    /**
     * Whether they are more than should be sorted at once in a worker with so much {@code memory}: arrays have room to grow
     * and are there twice, and putting records in order takes up to {@value #BYTES_PER_RECORD} bytes for each.
     */
    boolean isMoreThan(long memory) {
        return 2L * rows.bytes.size + (long) BYTES_PER_RECORD * rows.count > memory / 8 * 3;
    }

    void clear() {
        rows.clear();
    }

    /** Forgets all records and gives up the memory for them. */
    void release() {
        rows = new Rows();
        moved = new Rows();
        parts = new int[0];
        sort = new KeySort(part);
    }

    /** The records in order; valid until the next change. */
    SortedRecords sorted() {
        int wanted = Math.clamp(rows.bytes.size / SMALL, 1, MOST_PARTS);
        int[] ends = wanted == 1 ? new int[] {rows.count} : divide(borders(wanted));
        return new Sorted(ends);
    }

    /** Keys at equal distances of a sample. */
    private KeyBorders borders(int ranges) {
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
        return new KeyBorders(borders);
    }

    /** Moves the records of each smaller range together; where these end. */
    private int[] divide(KeyBorders borders) {
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

    /** Part by part. */
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
