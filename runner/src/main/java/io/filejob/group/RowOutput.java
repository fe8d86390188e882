package io.filejob.group;

import io.filejob.model.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Takes the rows of a result in their order: counts them, keeps the first ones, and writes all as CSV if anybody wants that. */
public final class RowOutput {
    private static final int FLUSH = 64 << 10;

    /** Takes bytes. */
    @FunctionalInterface
    public interface Bytes {
        /** Takes {@code length} bytes. */
        void write(byte[] bytes, int from, int length);
    }

    private final @Nullable Bytes target;
    private final boolean packed;
    private final ByteList buffer = new ByteList(FLUSH + (FLUSH >> 2));
    private final CRC32C checksum = new CRC32C();
    private final List<List<@Nullable String>> first = new ArrayList<>();
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
            first.add(row.fields());
        }
        if (target != null) {
            row.writeTo(buffer);
            flushFull();
        }
    }

    void add(List<@Nullable String> row, byte @Nullable [] nullText) {
        if (rows++ < JobResult.MOST_ROWS) {
            first.add(row);
        }
        if (target != null) {
            if (packed) {
                PackedRows.write(row, buffer);
            } else {
                CsvText.write(row, nullText, buffer);
            }
            flushFull();
        }
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

    /** The first rows, field by field, null where there is no value; at most {@link JobResult#MOST_ROWS}. */
    public List<List<@Nullable String>> first() {
        return first;
    }
}
