package io.filejob.group;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encoding of rows that are still to be ranked, including nulls. Each field is encoded as its length plus one, or 0 for
 * null, followed by its bytes. In a file, each row is preceded by its length.
 */
public final class PackedRows {
    /** Receiver of rows. */
    @FunctionalInterface
    public interface RowReceiver {
        /** Takes the row {@code bytes[from, from + length)}; some bytes after it may be read. */
        void add(byte[] bytes, int from, int length);
    }

    private PackedRows() {}

    /** Adds the fields of a row; null is a missing value. */
    public static void write(List<@Nullable String> row, ByteList out) {
        for (String field : row) {
            if (field == null) {
                out.putVarint(0);
            } else {
                byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
                writeField(bytes, 0, bytes.length, out);
            }
        }
    }

    /** Adds one field, from {@code from} (inclusive) to {@code to} (exclusive). */
    public static void writeField(byte[] bytes, int from, int to, ByteList out) {
        out.putVarint(to - from + 1L);
        out.put(bytes, from, to);
    }

    /** Decodes the fields of a row with {@code columns} columns. */
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

    /**
     * Passes the rows of a file of {@code size} bytes to {@code target}; throws {@link EOFException} if the content is
     * invalid.
     */
    public static void read(InputStream in, long size, RowReceiver target) throws IOException {
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
