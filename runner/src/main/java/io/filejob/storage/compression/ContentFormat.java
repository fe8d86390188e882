package io.filejob.storage.compression;

import io.filejob.csv.ByteSource;
import io.filejob.plan.Compression;
import java.io.IOException;

/** Recognizes the compression of files by their first bytes. */
public final class ContentFormat {
    private static final int LENGTH = 512;
    /** The length of the longest mark: a shorter file may be one that was cut off within it. */
    private static final int MIN_PACKED = 4;

    private ContentFormat() {}

    /**
     * Returns the compression of {@code stored}. A file without the mark of a compression that its name announces, {@code
     * named}, is not compressed if it begins with text or is a ZIP archive of several files; otherwise it is a damaged file of {@code named}.
     */
    public static Compression compression(ByteSource stored, Compression named) throws IOException {
        int enough = stored.size() == ByteSource.UNKNOWN ? LENGTH : (int) Math.min(LENGTH, stored.size());
        stored.expect(0, enough);
        byte[] bytes = new byte[enough];
        int length = 0;
        while (length < enough) {
            int read = stored.read(length, bytes, length, enough - length);
            if (read < 0) {
                break;
            }
            length += read;
        }
        return startsWith(bytes, length, 'P', 'K', 3, 4) && ZipDirectory.hasOneFile(stored)
                ? Compression.ZIP
                : compression(bytes, length, named);
    }

    static Compression compression(byte[] bytes, int length, Compression named) {
        if (startsWith(bytes, length, 0x1F, 0x8B)) {
            return Compression.GZIP;
        }
        boolean isSkippable = length >= 4
                && (bytes[0] & 0xF0) == 0x50
                && startsWith(bytes, length, bytes[0] & 0xFF, 0x2A, 0x4D, 0x18);
        if (isSkippable || startsWith(bytes, length, 0x28, 0xB5, 0x2F, 0xFD)) {
            return Compression.ZSTD;
        }
        if (length < MIN_PACKED) {
            return named;
        }
        boolean isOther = startsWith(bytes, length, 'P', 'K')
                || startsWith(bytes, length, 0xFF, 0xFE)
                || startsWith(bytes, length, 0xFE, 0xFF)
                || isText(bytes, length);
        return isOther ? Compression.NONE : named;
    }

    private static boolean startsWith(byte[] bytes, int length, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether there is no control character that does not occur in text. */
    private static boolean isText(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            int b = bytes[i] & 0xFF;
            if (b < '\t' || (b > '\r' && b < ' ')) {
                return false;
            }
        }
        return true;
    }
}
