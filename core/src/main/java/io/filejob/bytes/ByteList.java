package io.filejob.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array with spare bytes at the end, which may be read but have undefined values. */
public final class ByteList {
    /** Bytes after the last one that may be read or overwritten. */
    public static final int SLACK = 16;

    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    /** The bytes; the first {@link #size} are valid. */
    public byte[] array;

    /** Number of valid bytes. */
    public int size;

    private final long enough;

    /** Creates an empty list with room for {@code capacity} bytes. */
    public ByteList(int capacity) {
        this(capacity, MAX_LENGTH);
    }

    /**
     * Creates an empty list with room for {@code capacity} bytes; it is expected rarely to exceed {@code enough} bytes.
     */
    public ByteList(int capacity, long enough) {
        this.array = new byte[capacity + SLACK];
        this.enough = enough;
    }

    /** Returns the array, valid in its first {@link #size()} bytes until the next change. */
    public byte[] array() {
        return array;
    }

    /** Returns the number of bytes. */
    public int size() {
        return size;
    }

    /** Removes all bytes. */
    public void clear() {
        size = 0;
    }

    /** Returns a copy of the bytes. */
    public byte[] toArray() {
        return Arrays.copyOf(array, size);
    }

    /**
     * Makes {@code bytes[0, valid)} the content without a copy; they are not changed, and must be followed by {@link
     * #SLACK} bytes. Nothing may be added before {@link #clear}.
     */
    public void wrap(byte[] bytes, int valid) {
        array = bytes;
        size = valid;
    }

    /** Makes room for {@code more} bytes after the last one. */
    public void reserve(int more) {
        if (array.length - SLACK - size < more) {
            array = Arrays.copyOf(array, capacity(size + (long) more + SLACK));
        }
    }

    /**
     * Returns the new capacity, at least {@code needed}: doubled up to {@link #enough}, then increased by an eighth.
     */
    private int capacity(long needed) {
        long length = array.length;
        long grown = Math.min(2 * length, Math.max(enough, length + (length >> 3)));
        return Math.toIntExact(Math.max(needed, Math.min(grown, MAX_LENGTH)));
    }

    /** Adds the lowest eight bits of {@code b}. */
    public void put(int b) {
        reserve(1);
        array[size++] = (byte) b;
    }

    /** Adds the bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    public void put(byte[] bytes, int from, int to) {
        reserve(to - from);
        System.arraycopy(bytes, from, array, size, to - from);
        size += to - from;
    }

    /** Like {@link #put(byte[], int, int)}, for short arrays; reads up to seven bytes after {@code to}. */
    public void putShort(byte[] bytes, int from, int to) {
        reserve(to - from);
        for (int p = from, at = size; p < to; p += Long.BYTES, at += Long.BYTES) {
            Swar.store(array, at, Swar.load(bytes, p));
        }
        size += to - from;
    }

    /** Adds {@code text}, which has only characters of ASCII. */
    public void putAscii(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put(bytes, 0, bytes.length);
    }

    /** Appends an unsigned number in LEB128. */
    public void putVarint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            array[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[size++] = (byte) rest;
    }

    /** Appends a signed number in zigzag encoding, in which small negative numbers are short, too. */
    public void putSigned(long value) {
        putVarint((value << 1) ^ (value >> 63));
    }

    /** Adds the number of bytes and the bytes. */
    public void putBytes(byte[] bytes) {
        putVarint(bytes.length);
        put(bytes, 0, bytes.length);
    }
}
