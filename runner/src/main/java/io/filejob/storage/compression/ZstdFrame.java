package io.filejob.storage.compression;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Parser of a zstd frame header (RFC 8878, section 3.1.1.1). */
final class ZstdFrame {
    /** Maximum number of header bytes that are read. */
    static final int MAX_HEADER = 18;

    /** Maximum window size in bytes, the same as that of the command {@code zstd} without further options. */
    static final long MAX_WINDOW = 128L << 20;

    private static final int MAGIC = 0xFD2FB528;
    private static final int SINGLE_SEGMENT = 0x20;
    private static final int[] DICTIONARY_ID_BYTES = {0, 1, 2, 4};
    private static final int[] SIZE_BYTES = {1, 2, 4, 8};

    private ZstdFrame() {}

    /** Refusal to unpack a frame because it would take too much memory. */
    static final class LargeWindowException extends IOException {
        private static final long serialVersionUID = 1L;

        LargeWindowException(long window) {
            super("compressed with a window of " + Long.toUnsignedString(window) + " bytes, and the limit is "
                    + MAX_WINDOW + ": compress it again with --long=27 or without --long");
        }
    }

    /** Checks the window size of the frame at the beginning of {@code bytes}. */
    static void check(ByteBuffer bytes) throws LargeWindowException {
        long window = window(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        if (Long.compareUnsigned(window, MAX_WINDOW) > 0) {
            throw new LargeWindowException(window);
        }
    }

    /** Returns the window size in bytes, or 0 if the header is incomplete. */
    private static long window(ByteBuffer header) {
        if (header.remaining() < Integer.BYTES + 2 || header.getInt() != MAGIC) {
            return 0;
        }
        int descriptor = header.get();
        if ((descriptor & SINGLE_SEGMENT) == 0) {
            int window = header.get() & 0xFF;
            long base = 1L << (10 + (window >> 3));
            return base + base / 8 * (window & 7);
        }
        int skip = DICTIONARY_ID_BYTES[descriptor & 3];
        int size = SIZE_BYTES[(descriptor & 0xFF) >> 6];
        if (header.remaining() < skip + size || size < 4) {
            return 0;
        }
        header.position(header.position() + skip);
        return size == 4 ? header.getInt() & 0xFFFFFFFFL : header.getLong();
    }
}
