package io.filejob.group;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the blocks of a run are. */
final class BlockIndex {
    /**
     * A block.
     *
     * @param place of its first byte in the run
     * @param size in bytes
     * @param checksum CRC-32C of its bytes
     * @param records how many
     * @param firstKey the least key that it may hold
     */
    // Nobody compares them.
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(long place, int size, int checksum, long records, byte[] firstKey) {}

    private BlockIndex() {}

    static void write(List<Entry> index, ByteList out) {
        out.putVarint(index.size());
        for (Entry entry : index) {
            out.putVarint(entry.place());
            out.putVarint(entry.size());
            out.putVarint(entry.checksum() & 0xFFFFFFFFL);
            out.putVarint(entry.records());
            out.putBytes(entry.firstKey());
        }
    }

    static List<Entry> read(byte[] bytes) {
        ByteCursor in = new ByteCursor();
        in.of(bytes, 0);
        int count = (int) in.varint();
        List<Entry> index = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            index.add(new Entry(in.varint(), (int) in.varint(), (int) in.varint(), in.varint(), in.byteArray()));
        }
        return index;
    }

    /** The number of the first block that may hold a key of {@code low} or more. */
    static int first(List<Entry> index, byte[] low) {
        int first = last(index, low);
        // Of a run without order, several blocks begin with the same border.
        while (first > 0
                && Arrays.equals(
                        index.get(first - 1).firstKey(), index.get(first).firstKey())) {
            first--;
        }
        return first;
    }

    /** The number of the last block that may hold a key of {@code low} or less. */
    static int last(List<Entry> index, byte[] low) {
        int from = 0;
        int to = index.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (Arrays.compareUnsigned(index.get(middle).firstKey(), low) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return Math.max(0, from - 1);
    }
}
