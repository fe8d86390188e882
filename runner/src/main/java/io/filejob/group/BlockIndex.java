package io.filejob.group;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the blocks of a run are. */
final class BlockIndex {
    /**
     * A block.
     *
     * @param place of its first byte in the run
     * @param size in bytes
     * @param checksum CRC-32C of its bytes
     * @param records how many
     * @param firstKey no key that it holds is less: the first key, or the beginning of a long one
     */
    // Nobody compares them.
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(long place, int size, int checksum, long records, byte[] firstKey) {}

    /** Of longer keys, so many bytes are kept where a beginning is enough. */
    static final int LONGEST_BORDER = 256;

    private BlockIndex() {}

    /** The key {@code bytes[from, from + length)}, or its beginning: where ranges and blocks may begin. */
    static byte[] border(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + Math.min(length, LONGEST_BORDER));
    }

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

    /** The blocks that may hold keys from {@code low} on up to {@code high}; to the last one if that is null. */
    static List<Entry> read(byte[] bytes, byte[] low, byte @Nullable [] high) {
        ByteCursor in = new ByteCursor();
        in.of(bytes, 0);
        int count = (int) in.varint();
        List<Entry> found = new ArrayList<>();
        for (int i = toFirst(in, count, low); i < count; i++) {
            Entry entry = new Entry(in.varint(), (int) in.varint(), (int) in.varint(), in.varint(), in.byteArray());
            if (!found.isEmpty() && high != null && Arrays.compareUnsigned(entry.firstKey(), high) > 0) {
                break;
            }
            found.add(entry);
        }
        return found;
    }

    /** Goes to the first of {@code count} blocks that may hold a key of {@code low} or more; its number. */
    private static int toFirst(ByteCursor in, int count, byte[] low) {
        byte[] bytes = in.bytes;
        int first = 0;
        int place = in.at;
        int keyFrom = 0;
        int keyTo = 0;
        for (int i = 0; i < count; i++) {
            int begin = in.at;
            in.varint();
            in.varint();
            in.varint();
            in.varint();
            int length = (int) in.varint();
            int from = in.at;
            in.at += length;
            if (Arrays.compareUnsigned(bytes, from, in.at, low, 0, low.length) > 0
                    || isCutInside(bytes, from, length, low)) {
                break;
            }
            // Of a run without order, several blocks begin with the same border.
            if (i == 0 || !Arrays.equals(bytes, from, in.at, bytes, keyFrom, keyTo)) {
                first = i;
                place = begin;
            }
            keyFrom = from;
            keyTo = in.at;
        }
        in.at = place;
        return first;
    }

    /** Whether a long key of which the beginning is known may lie behind {@code low}, so that those before it reach it. */
    private static boolean isCutInside(byte[] bytes, int from, int length, byte[] low) {
        return length == LONGEST_BORDER
                && low.length >= length
                && Arrays.equals(bytes, from, from + length, low, 0, length);
    }
}
