package io.filejob.spill;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The index of the blocks of a run. */
public final class BlockIndex {
    /**
     * One block.
     *
     * @param offset the offset of its first byte in the run
     * @param size size in bytes
     * @param checksum CRC-32C of its bytes
     * @param records number of records
     * @param firstKey lower bound of its keys: the first key, or the beginning of a long one
     */
    // Entries are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record IndexedBlock(long offset, int size, int checksum, long records, byte[] firstKey) {}

    /** Longer keys are cut to this many bytes where a prefix suffices. */
    static final int MAX_BORDER_LENGTH = 256;

    private BlockIndex() {}

    /**
     * Returns the key {@code bytes[from, from + length)}, or a prefix of a long one, as a boundary of ranges and
     * blocks.
     */
    public static byte[] border(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + Math.min(length, MAX_BORDER_LENGTH));
    }

    /** Returns an upper bound of the bytes that {@link #write} appends. */
    static int maxBytes(List<IndexedBlock> index) {
        int varint = 10;
        long keys = index.stream().mapToLong(entry -> entry.firstKey().length).sum();
        return Math.toIntExact(varint + keys + 5L * varint * index.size());
    }

    static void write(List<IndexedBlock> index, ByteList out) {
        out.putVarint(index.size());
        for (IndexedBlock entry : index) {
            out.putVarint(entry.offset());
            out.putVarint(entry.size());
            out.putVarint(entry.checksum() & 0xFFFFFFFFL);
            out.putVarint(entry.records());
            out.putBytes(entry.firstKey());
        }
    }

    /**
     * Returns the blocks that may contain keys in {@code [low, high)}; without an upper bound if {@code high} is null.
     */
    static List<IndexedBlock> read(byte[] bytes, byte[] low, byte @Nullable [] high) {
        ByteCursor in = new ByteCursor();
        in.of(bytes, 0);
        int count = (int) in.varint();
        List<IndexedBlock> found = new ArrayList<>();
        for (int i = toFirst(in, count, low); i < count; i++) {
            IndexedBlock entry =
                    new IndexedBlock(in.varint(), (int) in.varint(), (int) in.varint(), in.varint(), in.byteArray());
            if (!found.isEmpty() && high != null && Arrays.compareUnsigned(entry.firstKey(), high) > 0) {
                break;
            }
            found.add(entry);
        }
        return found;
    }

    /** Moves to the first of {@code count} blocks that may contain a key of {@code low} or more; returns its number. */
    private static int toFirst(ByteCursor in, int count, byte[] low) {
        byte[] bytes = in.bytes;
        int first = 0;
        int position = in.at;
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
            // In an unsorted run, several blocks begin with the same boundary.
            if (i == 0 || !Arrays.equals(bytes, from, in.at, bytes, keyFrom, keyTo)) {
                first = i;
                position = begin;
            }
            keyFrom = from;
            keyTo = in.at;
        }
        in.at = position;
        return first;
    }

    /**
     * Returns whether a cut key may belong to a key above {@code low}, so that the blocks before it may contain {@code
     * low}.
     */
    private static boolean isCutInside(byte[] bytes, int from, int length, byte[] low) {
        return length == MAX_BORDER_LENGTH
                && low.length >= length
                && Arrays.equals(bytes, from, from + length, low, 0, length);
    }
}
