package io.filejob.spill;

import java.util.Arrays;
import java.util.List;

/** Keys that divide the key space into ranges. Safe to use from any thread. */
public final class Splitters {
    /** The least key of each range except the first, in order. */
    private final List<byte[]> borders;
    /** The common prefix of all boundaries. */
    private final byte[] common;
    /** The eight bytes of each boundary after the common prefix, comparable as signed numbers. */
    private final long[] prefixes;

    /** Creates ranges from at least one boundary. */
    public Splitters(List<byte[]> borders) {
        this.borders = List.copyOf(borders);
        byte[] first = borders.getFirst();
        int mismatch = Arrays.mismatch(first, borders.getLast());
        this.common = Arrays.copyOf(first, mismatch < 0 ? first.length : mismatch);
        this.prefixes = new long[borders.size()];
        for (int i = 0; i < prefixes.length; i++) {
            byte[] border = borders.get(i);
            prefixes[i] = prefix(Arrays.copyOf(border, border.length + Long.BYTES), 0, border.length);
        }
    }

    /** Returns the number of ranges. */
    int ranges() {
        return borders.size() + 1;
    }

    /** Returns the least key of a range; empty for the first range. */
    byte[] low(int range) {
        return range == 0 ? new byte[0] : borders.get(range - 1);
    }

    /** Returns the range of the key {@code bytes[from, from + length)}; some bytes after the key may be read. */
    int find(byte[] bytes, int from, int length) {
        if (length < common.length || !startsCommon(bytes, from)) {
            return slowly(bytes, from, length);
        }
        long wanted = prefix(bytes, from, length);
        int low = 0;
        int left = prefixes.length;
        while (left > 0) {
            int half = left >>> 1;
            boolean behind = prefixes[low + half] <= wanted;
            low = behind ? low + half + 1 : low;
            left = behind ? left - half - 1 : half;
        }
        // Eight bytes may be too few to decide.
        while (low > 0 && prefixes[low - 1] == wanted && compare(bytes, from, length, borders.get(low - 1)) < 0) {
            low--;
        }
        return low;
    }

    private int slowly(byte[] bytes, int from, int length) {
        int low = 0;
        while (low < borders.size() && compare(bytes, from, length, borders.get(low)) >= 0) {
            low++;
        }
        return low;
    }

    private boolean startsCommon(byte[] bytes, int from) {
        return common.length == 0 || Arrays.equals(bytes, from, from + common.length, common, 0, common.length);
    }

    private static int compare(byte[] bytes, int from, int length, byte[] border) {
        return Arrays.compareUnsigned(bytes, from, from + length, border, 0, border.length);
    }

    private long prefix(byte[] bytes, int from, int length) {
        int left = length - common.length;
        long word = left <= 0 ? 0 : KeySort.bigEndian(bytes, from + common.length);
        if (left > 0 && left < Long.BYTES) {
            word &= -1L << (Long.SIZE - 8 * left);
        }
        return word ^ Long.MIN_VALUE;
    }
}
