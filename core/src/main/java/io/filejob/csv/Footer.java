package io.filejob.csv;

import java.io.IOException;

/** Finds the last lines of a file by reading it backwards. */
final class Footer {
    private static final int BLOCK = 64 << 10;

    private Footer() {}

    /** Returns the offset of the first of the last {@code lines} lines of {@code source}, whose size is known. */
    static long start(ByteSource source, int lines) throws IOException {
        byte[] block = new byte[BLOCK];
        long end = source.size();
        int after = -1;
        int found = 0;
        while (end > 0) {
            int length = (int) Math.min(BLOCK, end);
            long begin = end - length;
            if (!read(source, begin, block, length)) {
                return begin;
            }
            for (int i = length - 1; i >= 0; i--) {
                boolean isBreak = block[i] == '\n' || (block[i] == '\r' && after != '\n');
                // A line break at the very end does not begin a line.
                if (isBreak && begin + i + 1 < source.size() && ++found == lines) {
                    return begin + i + 1;
                }
                after = block[i];
            }
            end = begin;
        }
        return 0;
    }

    /** Reads {@code length} bytes at {@code from}; returns false if the source ends before, which is found later. */
    private static boolean read(ByteSource source, long from, byte[] bytes, int length) throws IOException {
        int read = 0;
        while (read < length) {
            int count = source.read(from + read, bytes, read, length - read);
            if (count < 0) {
                return false;
            }
            read += count;
        }
        return true;
    }
}
