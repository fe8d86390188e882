package io.filejob.spill;

import io.filejob.group.SortableKeys;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Sorts keys in byte order. Compares the 16 bytes after the common prefix: the first differing ones by radix sort
 * (least significant byte first), ties by the remaining ones, and keys with 16 equal bytes by the next 16.
 */
public final class KeySort {
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int BUCKETS = 256;
    /** Bytes compared at once. */
    private static final int COMPARED = 2 * Long.BYTES;
    /** Smaller sets are sorted by insertion. */
    private static final int FEW = 48;
    /** Beyond this depth, ties are compared as a whole, since each recursion uses stack. */
    private static final int DEEP = 64 * COMPARED;
    /** Approximate information content of a byte of text. */
    private static final int BITS_PER_BYTE = 4;

    private final SortableKeys keys;
    /** By position in the order: the first and the next eight of the compared bytes of each entry. */
    private long[] first = {};

    private long[] second = {};
    private int[] entries = {};
    private long[] otherFirst = {};
    private long[] otherSecond = {};
    private int[] otherEntries = {};

    /** Creates a sort of {@code keys}. */
    public KeySort(SortableKeys keys) {
        this.keys = keys;
    }

    /** Returns the numbers of all keys, ordered by key and, for equal keys, by number. */
    public int[] sort() {
        int count = keys.count();
        if (entries.length < count) {
            first = new long[count];
            second = new long[count];
            entries = new int[count];
            otherFirst = new long[count];
            otherSecond = new long[count];
            otherEntries = new int[count];
        }
        for (int i = 0; i < count; i++) {
            entries[i] = i + 1;
        }
        sort(0, count, 0);
        return entries;
    }

    private void sort(int from, int to, int depth) {
        if (to - from < 2) {
            return;
        }
        if (to - from < FEW) {
            insert(from, to, depth);
            return;
        }
        int common = depth + common(from, to, depth);
        for (int i = from; i < to; i++) {
            first[i] = prefix(entries[i], common);
            second[i] = prefix(entries[i], common + Long.BYTES);
        }
        radix(from, to);
        int begin = from;
        for (int i = from + 1; i <= to; i++) {
            if (i == to || first[i] != first[begin] || second[i] != second[begin]) {
                if (i - begin > 1) {
                    ties(begin, i, common + COMPARED);
                }
                begin = i;
            }
        }
    }

    /** Sorts keys that are equal in the bytes before {@code depth}. */
    private void ties(int from, int to, int depth) {
        if (to - from < FEW) {
            insert(from, to, depth - COMPARED);
            return;
        }
        // Prefixes are padded with zeros, so a key that ends here comes before keys with actual zero bytes.
        int ended = from;
        for (int i = from; i < to; i++) {
            if (keys.keyLength(entries[i]) <= depth) {
                ended++;
            }
        }
        if (ended > from || depth > DEEP) {
            Integer[] all = new Integer[to - from];
            Arrays.setAll(all, i -> entries[from + i]);
            Arrays.sort(all, this::compare);
            for (int i = from; i < to; i++) {
                entries[i] = all[i - from];
            }
        } else {
            sort(from, to, depth);
        }
    }

    private int compare(int one, int other) {
        int order = compare(one, other, 0);
        return order != 0 ? order : Integer.compare(one, other);
    }

    private int compare(int one, int other, int depth) {
        int start = keys.keyStart(one);
        int otherStart = keys.keyStart(other);
        byte[] bytes = keys.bytes();
        return Arrays.compareUnsigned(
                bytes,
                start + Math.min(depth, keys.keyLength(one)),
                start + keys.keyLength(one),
                bytes,
                otherStart + Math.min(depth, keys.keyLength(other)),
                otherStart + keys.keyLength(other));
    }

    private void insert(int from, int to, int depth) {
        for (int i = from + 1; i < to; i++) {
            int entry = entries[i];
            int at = i;
            while (at > from && compare(entries[at - 1], entry, depth) > 0) {
                entries[at] = entries[at - 1];
                at--;
            }
            entries[at] = entry;
        }
    }

    /** Returns the number of bytes after {@code depth} that all keys share. */
    private int common(int from, int to, int depth) {
        byte[] bytes = keys.bytes();
        int start = keys.keyStart(entries[from]) + depth;
        int shared = Math.max(0, keys.keyLength(entries[from]) - depth);
        for (int i = from + 1; i < to && shared > 0; i++) {
            int other = keys.keyStart(entries[i]) + depth;
            int most = Math.min(shared, Math.max(0, keys.keyLength(entries[i]) - depth));
            int mismatch = Arrays.mismatch(bytes, start, start + most, bytes, other, other + most);
            shared = mismatch < 0 ? most : mismatch;
        }
        return shared;
    }

    /** Returns eight bytes of the key from {@code depth} on in big-endian order, padded with zeros. */
    private long prefix(int entry, int depth) {
        int left = keys.keyLength(entry) - depth;
        if (left <= 0) {
            return 0;
        }
        long word = bigEndian(keys.bytes(), keys.keyStart(entry) + depth);
        return left >= Long.BYTES ? word : word & (-1L << (Long.SIZE - 8 * left));
    }

    /** Returns eight bytes in big-endian order. */
    static long bigEndian(byte[] bytes, int from) {
        return (long) BIG_ENDIAN.get(bytes, from);
    }

    /**
     * Sorts by the compared bytes: first by as many differing leading bytes as will separate most keys, then ties by
     * the following bytes.
     */
    private void radix(int from, int to) {
        if (to - from < FEW) {
            insert(from, to);
            return;
        }
        long firstDiffers = 0;
        long secondDiffers = 0;
        for (int i = from + 1; i < to; i++) {
            firstDiffers |= first[i] ^ first[from];
            secondDiffers |= second[i] ^ second[from];
        }
        int passes = Math.ceilDiv(Integer.SIZE - Integer.numberOfLeadingZeros(to - from), BITS_PER_BYTE);
        int lowest = lowest(firstDiffers, secondDiffers, passes);
        boolean moved = false;
        for (int b = lowest; b < COMPARED; b++) {
            long differs = b >= Long.BYTES ? firstDiffers : secondDiffers;
            int shift = 8 * (b % Long.BYTES);
            if (((differs >>> shift) & 0xFF) != 0) {
                move(from, to, b >= Long.BYTES ? first : second, shift);
                swap();
                moved = !moved;
            }
        }
        if (moved) {
            System.arraycopy(first, from, otherFirst, from, to - from);
            System.arraycopy(second, from, otherSecond, from, to - from);
            System.arraycopy(entries, from, otherEntries, from, to - from);
            swap();
        }
        if (lowest > 0) {
            long ofFirst = -1L << (8 * Math.max(0, lowest - Long.BYTES));
            long ofSecond = lowest < Long.BYTES ? -1L << (8 * lowest) : 0;
            int begin = from;
            for (int i = from + 1; i <= to; i++) {
                if (i == to
                        || (((first[i] ^ first[begin]) & ofFirst) | ((second[i] ^ second[begin]) & ofSecond)) != 0) {
                    radix(begin, i);
                    begin = i;
                }
            }
        }
    }

    /**
     * Returns the index, counted from the end of the compared bytes, of the {@code count}-th leading byte that differs;
     * 0 if fewer bytes differ.
     */
    private static int lowest(long firstDiffers, long secondDiffers, int count) {
        int found = 0;
        int b = COMPARED;
        while (b > 0 && found < count) {
            b--;
            long differs = b >= Long.BYTES ? firstDiffers : secondDiffers;
            found += ((differs >>> (8 * (b % Long.BYTES))) & 0xFF) != 0 ? 1 : 0;
        }
        return b;
    }

    /** Sorts by the compared bytes, by insertion. */
    private void insert(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            long a = first[i];
            long b = second[i];
            int entry = entries[i];
            int at = i;
            while (at > from && isBefore(a, b, first[at - 1], second[at - 1])) {
                first[at] = first[at - 1];
                second[at] = second[at - 1];
                entries[at] = entries[at - 1];
                at--;
            }
            first[at] = a;
            second[at] = b;
            entries[at] = entry;
        }
    }

    private static boolean isBefore(long a, long b, long otherA, long otherB) {
        return a != otherA ? Long.compareUnsigned(a, otherA) < 0 : Long.compareUnsigned(b, otherB) < 0;
    }

    /** Moves the entries {@code [from, to)} to the other arrays, ordered by one byte of {@code key}. */
    private void move(int from, int to, long[] key, int shift) {
        int[] places = new int[BUCKETS];
        for (int i = from; i < to; i++) {
            places[(int) (key[i] >>> shift) & 0xFF]++;
        }
        int place = from;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int size = places[bucket];
            places[bucket] = place;
            place += size;
        }
        long[] a = first;
        long[] b = second;
        int[] e = entries;
        long[] otherA = otherFirst;
        long[] otherB = otherSecond;
        int[] otherE = otherEntries;
        for (int i = from; i < to; i++) {
            int at = places[(int) (key[i] >>> shift) & 0xFF]++;
            otherA[at] = a[i];
            otherB[at] = b[i];
            otherE[at] = e[i];
        }
    }

    private void swap() {
        long[] longs = first;
        first = otherFirst;
        otherFirst = longs;
        longs = second;
        second = otherSecond;
        otherSecond = longs;
        int[] ints = entries;
        entries = otherEntries;
        otherEntries = ints;
    }
}
