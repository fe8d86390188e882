package io.filejob.group;

import io.filejob.model.Excerpt;
import io.filejob.model.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Takes the rows of a result in their order: counts them, keeps the first ones, and writes all as CSV if anybody wants that. */
public final class RowOutput {
    private static final int FLUSH = 64 << 10;
    /** A row with more characters is shown with its texts cut. */
    public static final int MAX_SHOWN = 4 << 10;

    /** Takes bytes. */
    @FunctionalInterface
    public interface Bytes {
        /** Takes {@code length} bytes. */
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

    /** Writes to {@code target} if that is not null. */
    public static RowOutput csv(@Nullable Bytes target) {
        return new RowOutput(target, false);
    }

    /** Writes to {@code target} what {@link PackedRows} reads. */
    public static RowOutput packed(@Nullable Bytes target) {
        return new RowOutput(target, true);
    }

    void add(ResultRow row) {
        if (rows++ < JobResult.MOST_ROWS) {
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

    /** A row as it is kept for the status: whole unless it is long. */
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

    /** Whether texts of {@link #first} are cut, so that the rows cannot be ranked by them. */
    public boolean isCut() {
        return cut;
    }

    private void flushFull() {
        if (buffer.size >= FLUSH) {
            flush();
        }
    }

    void flush() {
        if (target != null) {
            checksum.update(buffer.array, 0, buffer.size);
            bytes += buffer.size;
            target.write(buffer.array, 0, buffer.size);
        }
        buffer.clear();
    }

    /** How many rows there were. */
    public long rows() {
        return rows;
    }

    /** How many bytes they have as CSV, if that was written. */
    public long bytes() {
        return bytes;
    }

    /** CRC-32C of those. */
    public long checksum() {
        return checksum.getValue();
    }

    /**
     * The first rows, field by field, null where there is no value; at most {@link JobResult#MOST_ROWS}. The texts of a row with
     * more than {@value #MAX_SHOWN} characters are cut.
     */
    public List<List<@Nullable String>> first() {
        return first;
    }
}
