package io.filejob.group;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are still to be ranked, with their nulls. */
public final class PackedRows {
    private PackedRows() {}

    static void write(List<@Nullable String> row, ByteList out) {
        out.putVarint(row.size());
        for (String field : row) {
            if (field == null) {
                out.putVarint(0);
            } else {
                byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
                out.putVarint(bytes.length + 1L);
                out.put(bytes, 0, bytes.length);
            }
        }
    }

    /** All rows in {@code bytes}. */
    public static List<List<@Nullable String>> read(byte[] bytes) {
        ByteCursor in = new ByteCursor();
        in.of(bytes, 0);
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (in.at < bytes.length) {
            List<@Nullable String> row = new ArrayList<>();
            for (long fields = in.varint(); fields > 0; fields--) {
                int length = (int) in.varint() - 1;
                row.add(length < 0 ? null : new String(bytes, in.at, length, StandardCharsets.UTF_8));
                in.at += Math.max(0, length);
            }
            rows.add(row);
        }
        return rows;
    }
}
