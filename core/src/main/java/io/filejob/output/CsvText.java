package io.filejob.output;

import io.filejob.bytes.ByteList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes fields and records in the format of RFC 4180, with a line feed after each record. */
public final class CsvText {
    private static final int PIECE = 64 << 10;

    /** The bytes that require quotes. */
    private static final boolean[] SPECIAL = new boolean[256];

    static {
        for (char c : ",\"\n\r".toCharArray()) {
            SPECIAL[c] = true;
        }
    }

    private CsvText() {}

    /** Appends a record. Null fields are written as {@code nullText}, or as empty fields if that is null. */
    static void write(List<@Nullable String> fields, byte @Nullable [] nullText, ByteList out) {
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            String field = fields.get(i);
            if (field == null) {
                out.put(nullText == null ? new byte[0] : nullText, 0, nullText == null ? 0 : nullText.length);
            } else {
                byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
                write(bytes, 0, bytes.length, nullText, fields.size() == 1, out);
            }
        }
        out.put('\n');
    }

    /** Writes a record of several {@code fields} of arbitrary bytes to {@code target}, a long record in pieces. */
    public static void writeRecord(RowOutput.Bytes target, byte[]... fields) {
        ByteList out = new ByteList(256);
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                out.put(',');
            }
            boolean special = isSpecial(fields[i], 0, fields[i].length, null, false);
            if (special) {
                out.put('"');
            }
            for (int from = 0; from < fields[i].length; from += PIECE) {
                append(fields[i], from, Math.min(from + PIECE, fields[i].length), special, out);
                if (out.size >= PIECE) {
                    target.write(out.array, 0, out.size);
                    out.clear();
                }
            }
            if (special) {
                out.put('"');
            }
        }
        out.put('\n');
        target.write(out.array, 0, out.size);
    }

    /** Returns a record of {@code fields}. */
    public static byte[] record(List<String> fields) {
        ByteList out = new ByteList(256);
        write(List.copyOf(fields), null, out);
        return out.toArray();
    }

    /**
     * Appends a field. It is quoted if it contains special characters, equals {@code nullText}, or is empty and the
     * only field of its record.
     */
    static void write(byte[] bytes, int from, int to, byte @Nullable [] nullText, boolean only, ByteList out) {
        if (!isSpecial(bytes, from, to, nullText, only)) {
            out.put(bytes, from, to);
            return;
        }
        out.put('"');
        append(bytes, from, to, true, out);
        out.put('"');
    }

    private static boolean isSpecial(byte[] bytes, int from, int to, byte @Nullable [] nullText, boolean only) {
        boolean special = (only && from == to)
                || (nullText != null && Arrays.equals(bytes, from, to, nullText, 0, nullText.length));
        for (int p = from; p < to && !special; p++) {
            special = SPECIAL[bytes[p] & 0xFF];
        }
        return special;
    }

    private static void append(byte[] bytes, int from, int to, boolean doublesQuotes, ByteList out) {
        if (!doublesQuotes) {
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
