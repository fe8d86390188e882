package io.filejob.output;

import io.filejob.bytes.ByteList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes fields and records in the format of RFC 4180, with a line feed after each record. */
public final class CsvWriter {
    private static final int PIECE = 64 << 10;

    /** The bytes that require quotes. */
    private static final boolean[] SPECIAL = new boolean[256];

    static {
        for (char c : ",\"\n\r".toCharArray()) {
            SPECIAL[c] = true;
        }
    }

    private CsvWriter() {}

    /** Returns a record of {@code fields}, encoded as UTF-8. */
    public static byte[] record(List<String> fields) {
        ByteList out = new ByteList(256);
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            byte[] bytes = fields.get(i).getBytes(StandardCharsets.UTF_8);
            appendField(bytes, 0, bytes.length, null, fields.size() == 1, out);
        }
        out.put('\n');
        return out.toArray();
    }

    /** Writes a record of {@code fields} of arbitrary bytes to {@code target}, a long record in pieces. */
    public static void writeRecord(RowOutput.Bytes target, byte[]... fields) {
        ByteList out = new ByteList(256);
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                out.put(',');
            }
            byte[] field = fields[i];
            boolean quoted = needsQuotes(field, 0, field.length, null, fields.length == 1);
            if (quoted) {
                out.put('"');
            }
            for (int from = 0; from < field.length; from += PIECE) {
                append(field, from, Math.min(from + PIECE, field.length), quoted, out);
                if (out.size >= PIECE) {
                    target.write(out.array, 0, out.size);
                    out.clear();
                }
            }
            if (quoted) {
                out.put('"');
            }
        }
        out.put('\n');
        target.write(out.array, 0, out.size);
    }

    /**
     * Appends the field {@code bytes[from, to)}. It is quoted if it contains special characters, equals {@code
     * nullText}, which represents missing values, or is empty and the only field of its record.
     */
    static void appendField(byte[] bytes, int from, int to, byte @Nullable [] nullText, boolean only, ByteList out) {
        if (!needsQuotes(bytes, from, to, nullText, only)) {
            out.put(bytes, from, to);
            return;
        }
        out.put('"');
        append(bytes, from, to, true, out);
        out.put('"');
    }

    private static boolean needsQuotes(byte[] bytes, int from, int to, byte @Nullable [] nullText, boolean only) {
        if (only && from == to) {
            // A blank line would not be a record.
            return true;
        }
        boolean special = nullText != null && Arrays.equals(bytes, from, to, nullText, 0, nullText.length);
        for (int p = from; p < to && !special; p++) {
            special = SPECIAL[bytes[p] & 0xFF];
        }
        return special;
    }

    private static void append(byte[] bytes, int from, int to, boolean quoted, ByteList out) {
        if (!quoted) {
            out.put(bytes, from, to);
            return;
        }
        for (int p = from; p < to; p++) {
            if (bytes[p] == '"') {
                out.put('"');
            }
            out.put(bytes[p]);
        }
    }
}
