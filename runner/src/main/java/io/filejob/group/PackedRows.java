package io.filejob.group;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are still to be ranked, with their nulls. A row is, for each field, its length and one, or 0 for null, and its
 * bytes. In a file its length stands before it.
 */
public final class PackedRows {
    /** Takes rows. */
    @FunctionalInterface
    public interface Target {
        /** Takes the row {@code bytes[from, from + length)}, behind which some bytes may be read. */
        void add(byte[] bytes, int from, int length);
    }

    private PackedRows() {}

    static void write(List<@Nullable String> row, ByteList out) {
        for (String field : row) {
            if (field == null) {
                out.putVarint(0);
            } else {
                byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
                writeField(bytes, 0, bytes.length, out);
            }
        }
    }

    static void writeField(byte[] bytes, int from, int to, ByteList out) {
        out.putVarint(to - from + 1L);
        out.put(bytes, from, to);
    }

    /** The texts of a row with so many {@code columns}. */
    static List<@Nullable String> fields(byte[] bytes, int from, int columns) {
        ByteCursor in = new ByteCursor();
        in.of(bytes, from);
        List<@Nullable String> fields = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            int length = (int) in.varint() - 1;
            fields.add(length < 0 ? null : new String(bytes, in.at, length, StandardCharsets.UTF_8));
            in.at += Math.max(0, length);
        }
        return fields;
    }

    /** Gives the rows of a file that has {@code size} bytes to {@code target}; {@link EOFException} if it is not one of rows. */
    public static void read(InputStream in, long size, Target target) throws IOException {
        ByteList row = new ByteList(1 << 10);
        long left = size;
        while (left > 0) {
            long length = 0;
            int shift = 0;
            int b;
            do {
                b = in.read();
                left--;
                length |= (long) (b & 0x7F) << shift;
                shift += 7;
            } while (b >= 0x80 && shift < Long.SIZE);
            if (b < 0 || length < 0 || length > left) {
                throw new EOFException();
            }
            row.clear();
            row.reserve((int) length);
            if (in.readNBytes(row.array, 0, (int) length) < length) {
                throw new EOFException();
            }
            left -= length;
            target.add(row.array, 0, (int) length);
        }
    }
}
