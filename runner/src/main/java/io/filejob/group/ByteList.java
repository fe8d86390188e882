package io.filejob.group;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at the end, with some more behind that may be read and mean nothing. */
public final class ByteList {
    /** Bytes behind the last one that may be read or overwritten. */
    static final int SLACK = 16;

    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The bytes, of which the first {@link #size} count. */
    byte[] array;

    /** How many there are. */
    int size;

    private final long enough;

    /** None, with room for {@code capacity}. */
    public ByteList(int capacity) {
        this(capacity, MAX_LENGTH);
    }

    /** None, with room for {@code capacity}; hardly ever there is room for more than {@code enough}. */
    ByteList(int capacity, long enough) {
        this.array = new byte[capacity + SLACK];
        this.enough = enough;
    }

    /** The bytes, of which the first {@link #size()} count; valid until the next change. */
    public byte[] array() {
        return array;
    }

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** Back to none. */
    public void clear() {
        size = 0;
    }

    /** A copy. */
    public byte[] toArray() {
        return Arrays.copyOf(array, size);
    }

    void reserve(int more) {
        if (array.length - SLACK - size < more) {
            array = Arrays.copyOf(array, capacity(size + (long) more + SLACK));
        }
    }

    /** At least {@code needed}: twice as much as there is up to {@link #enough}, and then an eighth more. */
    private int capacity(long needed) {
        long length = array.length;
        long grown = Math.min(2 * length, Math.max(enough, length + (length >> 3)));
        return Math.toIntExact(Math.max(needed, Math.min(grown, MAX_LENGTH)));
    }

    void put(int b) {
        reserve(1);
        array[size++] = (byte) b;
    }

    void put(byte[] bytes, int from, int to) {
        reserve(to - from);
        System.arraycopy(bytes, from, array, size, to - from);
        size += to - from;
    }

    /** As {@link #put(byte[], int, int)}, for short ones; up to seven bytes behind {@code to} are read. */
    void putShort(byte[] bytes, int from, int to) {
        reserve(to - from);
        for (int p = from, at = size; p < to; p += Long.BYTES, at += Long.BYTES) {
            LONGS.set(array, at, (long) LONGS.get(bytes, p));
        }
        size += to - from;
    }

    void putAscii(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put(bytes, 0, bytes.length);
    }

    /** Unsigned LEB128. */
    void putVarint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            array[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[size++] = (byte) rest;
    }

    /** Zigzag, so that small negative numbers are short, too. */
    void putSigned(long value) {
        putVarint((value << 1) ^ (value >> 63));
    }

    void putBytes(byte[] bytes) {
        putVarint(bytes.length);
        put(bytes, 0, bytes.length);
    }
}
