package io.filejob.output;

import io.filejob.bytes.ByteList;
import io.filejob.failure.Excerpt;
import io.filejob.group.PackedRows;
import io.filejob.status.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Receives the rows of a result in order: counts them, keeps the first ones, and optionally writes all of them. */
public final class RowOutput {
    private static final int FLUSH = 64 << 10;
    /** Rows with more characters are shown with shortened fields. */
    public static final int MAX_SHOWN = 4 << 10;

    /** Receiver of bytes. */
    @FunctionalInterface
    public interface Bytes {
        /** Writes {@code length} bytes. */
        void write(byte[] bytes, int from, int length);
    }

    private final @Nullable Bytes target;
    private final boolean packed;
    private final ByteList buffer = new ByteList(FLUSH + (FLUSH >> 2));
    private final ByteList one = new ByteList(1 << 10);
    private final CRC32C checksum = new CRC32C();
    private final List<List<@Nullable String>> first = new ArrayList<>();
    private boolean cut;
    private long rows;
    private long bytes;

    private RowOutput(@Nullable Bytes target, boolean packed) {
        this.target = target;
        this.packed = packed;
    }

    /** Returns an output that writes CSV to {@code target}, or only counts if {@code target} is null. */
    public static RowOutput csv(@Nullable Bytes target) {
        return new RowOutput(target, false);
    }

    /** Returns an output that writes rows to {@code target} in the format of {@link PackedRows}. */
    public static RowOutput packed(@Nullable Bytes target) {
        return new RowOutput(target, true);
    }

    /** Adds a row; it is copied. */
    public void add(ResultRow row) {
        if (rows++ < JobResult.MAX_ROWS) {
            first.add(shown(row.fields()));
        }
        if (target != null) {
            if (packed) {
                one.clear();
                row.pack(one);
                buffer.putVarint(one.size);
                buffer.put(one.array, 0, one.size);
            } else {
                row.writeTo(buffer);
            }
            flushFull();
        }
    }

    /** Sets the number of rows, of which only the first ones were added. */
    public void count(long total) {
        rows = total;
    }

    /** Returns the row as shown in the status, shortened if it is long. */
    private List<@Nullable String> shown(List<@Nullable String> row) {
        int length = row.stream()
                .mapToInt(field -> field == null ? 0 : field.length())
                .sum();
        if (length <= MAX_SHOWN) {
            return row;
        }
        cut = true;
        return row.stream()
                .<@Nullable String>map(field -> field == null ? null : Excerpt.cell(field))
                .toList();
    }

    /** Returns whether fields in {@link #first} are shortened, so that the rows cannot be ranked by them. */
    public boolean isCut() {
        return cut;
    }

    private void flushFull() {
        if (buffer.size >= FLUSH) {
            flush();
        }
    }

    /** Writes the rows that are still in memory. */
    public void flush() {
        if (target != null) {
            checksum.update(buffer.array, 0, buffer.size);
            bytes += buffer.size;
            target.write(buffer.array, 0, buffer.size);
        }
        buffer.clear();
    }

    /** Returns the number of rows. */
    public long rows() {
        return rows;
    }

    /** Returns the number of bytes written. */
    public long bytes() {
        return bytes;
    }

    /** Returns the CRC-32C of the bytes written. */
    public long checksum() {
        return checksum.getValue();
    }

    /**
     * Returns the first rows, field by field, null for missing values; at most {@link JobResult#MAX_ROWS} rows. The
     * fields of a row with more than {@value #MAX_SHOWN} characters are shortened.
     */
    public List<List<@Nullable String>> first() {
        return first;
    }
}
