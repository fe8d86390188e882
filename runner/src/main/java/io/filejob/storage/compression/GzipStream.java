package io.filejob.storage.compression;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;

/**
 * Unpacks RFC 1952: all members, one after the other. Unlike the JDK's stream it accepts as the end only the end of the
 * data or the zero bytes with which some programs pad blocks.
 */
final class GzipStream extends BlockStream {
    private static final int DEFLATE = 8;
    private static final int CRC_OF_HEADER = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final PackedBytes packed;
    private final Deflate deflate;
    private boolean inMember;
    private boolean first = true;

    GzipStream(PackedBytes packed) {
        this.packed = packed;
        this.deflate = new Deflate(packed);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (!inMember && !begin()) {
                return -1;
            }
            int count = deflate.read(bytes, offset, length);
            if (count > 0) {
                return count;
            }
            end();
        }
    }

    /** Reads a member's header; returns false at the end of the data. */
    private boolean begin() throws IOException {
        if (!first) {
            skipZeros();
        }
        if (packed.atEnd()) {
            return false;
        }
        first = false;
        if (octet() != 0x1F || octet() != 0x8B) {
            throw new ZipException("what follows is not in gzip format");
        }
        int method = octet();
        int flags = octet();
        if (method != DEFLATE || (flags & RESERVED) != 0) {
            throw new ZipException("it uses something unknown of the format");
        }
        // The time of the last change, compression flags and the operating system are not needed.
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(octet() | octet() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & CRC_OF_HEADER) != 0) {
            skip(2);
        }
        deflate.begin();
        inMember = true;
        return true;
    }

    private void skipZeros() throws IOException {
        while (!packed.atEnd()) {
            if (octet() != 0) {
                packed.unread(1);
                return;
            }
        }
    }

    /** Checks the CRC and length in a member's trailer. */
    private void end() throws IOException {
        deflate.check(number());
        if (number() != (deflate.length() & 0xFFFFFFFFL)) {
            throw new ZipException("its length does not match");
        }
        inMember = false;
    }

    private long number() throws IOException {
        return octet() | octet() << 8 | octet() << 16 | (long) octet() << 24;
    }

    private void skipText() throws IOException {
        while (octet() != 0) {
            // The optional file name and comment of a member are skipped.
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            octet();
        }
    }

    private int octet() throws IOException {
        int octet = packed.read();
        if (octet < 0) {
            throw new EOFException("it ends too early");
        }
        return octet;
    }

    @Override
    public void close() {
        deflate.close();
    }
}
