package io.filejob.bytes;

import java.util.Arrays;

/** Decodes values written by a {@link ByteList}. */
public final class ByteCursor {
    public byte[] bytes = {};
    public int at;

    public void of(byte[] buffer, int from) {
        bytes = buffer;
        at = from;
    }

    public int get() {
        return bytes[at++];
    }

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

    public long signed() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Skips the bytes that {@link #byteArray} would read. */
    public void skipBytes() {
        int length = (int) varint();
        at += length;
    }

    public byte[] byteArray() {
        int length = (int) varint();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }
}
