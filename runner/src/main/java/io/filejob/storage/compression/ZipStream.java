package io.filejob.storage.compression;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/**
 * Unpacks the only file of a ZIP archive, according to PKWARE's APPNOTE. {@link ZipDirectory} decides that it is the only
 * one.
 */
final class ZipStream extends BlockStream {
    private static final long LOCAL_HEADER = 0x04034B50L;
    private static final long DATA_DESCRIPTOR = 0x08074B50L;
    private static final long IN_EXTRA_FIELD = 0xFFFFFFFFL;
    private static final int LONG_SIZES = 1;
    private static final int LONG_SIZES_LENGTH = 16;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final int HAS_DESCRIPTOR = 8;

    private final PackedBytes packed;
    private final Deflate deflate;
    private final CRC32 storedCrc = new CRC32();
    private boolean isBegun;
    private boolean isEnded;
    private boolean isStored;
    private boolean hasDescriptor;
    private long crc;
    private long remaining;

    ZipStream(PackedBytes packed) {
        this.packed = packed;
        this.deflate = new Deflate(packed);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!isBegun) {
            while (isFolder()) {
                // Folders have no content.
            }
            isBegun = true;
        }
        if (isEnded) {
            return -1;
        }
        int count = isStored ? copy(bytes, offset, length) : deflate.read(bytes, offset, length);
        if (count < 0) {
            end();
            isEnded = true;
        }
        return count;
    }

    private int copy(byte[] bytes, int offset, int length) throws IOException {
        if (remaining == 0) {
            return -1;
        }
        int count = packed.read(bytes, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw new EOFException("it ends too early");
        }
        storedCrc.update(bytes, offset, count);
        remaining -= count;
        return count;
    }

    /** Reads the header of a file or folder, and returns whether it is a folder. */
    private boolean isFolder() throws IOException {
        if (number(4) != LOCAL_HEADER) {
            throw new ZipException("it has no file at its beginning");
        }
        number(2);
        int flags = (int) number(2);
        int method = (int) number(2);
        // The time of the last change is not needed.
        number(4);
        crc = number(4);
        remaining = number(4);
        number(4);
        int nameLength = (int) number(2);
        int extraLength = (int) number(2);
        int last = 0;
        for (int i = 0; i < nameLength; i++) {
            last = octet();
        }
        extraField(extraLength);
        if ((flags & ENCRYPTED) != 0) {
            throw new ZipException("it is encrypted");
        }
        isStored = method == STORED;
        hasDescriptor = (flags & HAS_DESCRIPTOR) != 0;
        if (method != STORED && method != DEFLATED) {
            throw new ZipException("it uses the compression method " + method + ", and only deflate is supported");
        }
        if (isStored && (hasDescriptor || remaining == IN_EXTRA_FIELD || remaining < 0)) {
            throw new ZipException("its size is not in its header");
        }
        return last == '/' && isStored && remaining == 0;
    }

    /** Reads an extra field, which has the size of the content if the header does not (ZIP64). */
    private void extraField(int length) throws IOException {
        int left = length;
        while (left >= 4) {
            int kind = (int) number(2);
            int size = Math.min((int) number(2), left - 4);
            left -= 4 + size;
            if (kind == LONG_SIZES && size >= LONG_SIZES_LENGTH && remaining == IN_EXTRA_FIELD) {
                // The unpacked size, which comes first, is the same for stored content.
                number(8);
                remaining = number(8);
                size -= LONG_SIZES_LENGTH;
            }
            skip(size);
        }
        skip(left);
    }

    private void skip(int octets) throws IOException {
        for (int i = 0; i < octets; i++) {
            octet();
        }
    }

    private void end() throws IOException {
        if (isStored) {
            if (storedCrc.getValue() != crc) {
                throw new ZipException("its checksum does not match");
            }
            return;
        }
        long expected = crc;
        if (hasDescriptor) {
            expected = number(4);
            if (expected == DATA_DESCRIPTOR) {
                expected = number(4);
            }
        }
        deflate.check(expected);
    }

    private long number(int octets) throws IOException {
        long number = 0;
        for (int i = 0; i < octets; i++) {
            number |= (long) octet() << (8 * i);
        }
        return number;
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
