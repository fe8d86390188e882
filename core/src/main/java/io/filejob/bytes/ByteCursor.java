package io.filejob.bytes;

import java.util.Arrays;

/** Decodes values written by a {@link ByteList}. */
public final class ByteCursor {
    /** The buffer that is read. */
    public byte[] bytes = {};
    /** Index of the next byte. */
    public int at;

    /** Continues at {@code from} in {@code buffer}, which is not copied. */
    public void of(byte[] buffer, int from) {
        bytes = buffer;
        at = from;
    }

    /** Reads a byte, from -128 to 127. */
    public int get() {
        return bytes[at++];
    }

    /** Reads a number as {@link ByteList#putVarint} writes it. */
    public long varint() {
        byte b = bytes[at++];
        if (b >= 0) {
            return b;
        }
        long value = b & 0x7F;
        for (int shift = 7; ; shift += 7) {
            b = bytes[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    /** Reads a number as {@link ByteList#putSigned} writes it. */
    public long signed() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Skips the bytes that {@link #byteArray} would read. */
    public void skipBytes() {
        int length = (int) varint();
        at += length;
    }

    /** Reads bytes after their number, and returns a copy of them. */
    public byte[] byteArray() {
        int length = (int) varint();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }
}
