package io.filejob.storage.compression;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/** Unpacks data in the format of RFC 1951, and computes its checksum. */
final class Deflate implements AutoCloseable {
    private final PackedBytes packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();

    Deflate(PackedBytes packed) {
        this.packed = packed;
    }

    /** Begins with the next byte. */
    void begin() {
        inflater.reset();
        crc.reset();
    }

    /** Unpacks up to {@code length} bytes, at least 1; returns -1 at the end, with the next packed byte after the data. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        while (true) {
            int count = inflate(bytes, offset, length);
            if (count > 0) {
                crc.update(bytes, offset, count);
                return count;
            }
            if (inflater.finished()) {
                packed.unread(inflater.getRemaining());
                return -1;
            }
        }
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (inflater.needsInput()) {
                packed.feed(inflater);
            }
            int count = inflater.inflate(bytes, offset, length);
            if (count == 0 && inflater.needsDictionary()) {
                throw new ZipException("it needs a dictionary");
            }
            return count;
        } catch (DataFormatException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Throws {@link ZipException} if the CRC-32 of the unpacked bytes is not {@code expected}. */
    void check(long expected) throws ZipException {
        if (expected != crc.getValue()) {
            throw new ZipException("its checksum does not match");
        }
    }

    /** Returns the number of unpacked bytes. */
    long length() {
        return inflater.getBytesWritten();
    }

    @Override
    public void close() {
        inflater.end();
    }
}
