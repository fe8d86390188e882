package io.filejob.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file row by row, in large blocks. A row has at most 64 KiB. Not thread-safe. */
final class RowBuffer implements Closeable {
    private static final int BYTES = 1 << 20;
    private static final int MAX_ROW_LENGTH = 64 << 10;

    private final byte[] bytes = new byte[BYTES];
    private final OutputStream out;
    private int end;

    RowBuffer(Path file) throws IOException {
        out = Files.newOutputStream(file);
    }

    /** Returns the text in UTF-8, for {@link #put(byte[])}. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    RowBuffer put(byte[] text) {
        System.arraycopy(text, 0, bytes, end, text.length);
        end += text.length;
        return this;
    }

    RowBuffer put(char ascii) {
        bytes[end++] = (byte) ascii;
        return this;
    }

    /** Appends an integer of at least 0. */
    RowBuffer put(int number) {
        int digits = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        int rest = number;
        for (int at = end + digits - 1; at >= end; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        end += digits;
        return this;
    }

    /** Appends {@code cents} hundredths as a decimal with two places. */
    RowBuffer putCents(int cents) {
        int size = Math.abs(cents);
        if (cents < 0) {
            put('-');
        }
        return put(size / 100).put('.').put((char) ('0' + size / 10 % 10)).put((char) ('0' + size % 10));
    }

    void endRow() throws IOException {
        put('\n');
        if (end > BYTES - MAX_ROW_LENGTH) {
            flush();
        }
    }

    private void flush() throws IOException {
        out.write(bytes, 0, end);
        end = 0;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}
