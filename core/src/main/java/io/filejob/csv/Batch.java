package io.filejob.csv;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A run of consecutive, well-formed records in {@link #bytes}, with the positions of the fields of the wanted columns.
 * Marks are positions of separators: {@code stride} of them per row, the last one being the line feed. Bytes after a
 * field may be read; their values are undefined. Not thread-safe; valid until the next batch is read.
 */
public final class Batch {
    /** The buffer that contains the records. */
    public byte[] bytes = {};
    /** Number of records. */
    public int rows;

    /** Index of the first record's first byte. */
    int first;
    /** Positions of the separators around wanted fields. */
    int[] marks = {};
    /** Marks per row. */
    int stride = 1;

    private int[] beginMarks = {};
    private int[] endMarks = {};
    private int adjacent;
    private long base;
    private long lines;
    /** The row to which lines have been counted last, and their number. */
    private int countedRow;

    private long countedLines;
    private final Rejections rejections;
    /** The batch with the same rows as they are stored; null if this is such a batch. */
    private @Nullable Batch original;

    /** Returns a batch without records. */
    public static Batch none() {
        return new Batch(new Rejections());
    }

    Batch(Rejections rejections) {
        this.rejections = rejections;
    }

    /** Sets the layout for records of {@code columns} columns; returns the separators that become marks. */
    boolean[] lay(int columns, int[] wanted) {
        boolean[] marked = new boolean[columns];
        marked[columns - 1] = true;
        for (int column : wanted) {
            marked[column] = true;
            if (column > 0) {
                marked[column - 1] = true;
            }
        }
        int[] markOf = new int[columns];
        stride = 0;
        for (int column = 0; column < columns; column++) {
            markOf[column] = stride;
            stride += marked[column] ? 1 : 0;
        }
        beginMarks = new int[wanted.length];
        endMarks = new int[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            beginMarks[i] = wanted[i] == 0 ? -1 : markOf[wanted[i] - 1];
            endMarks[i] = markOf[wanted[i]];
        }
        adjacent = wanted.length == 0 ? 0 : 1;
        while (adjacent > 0 && adjacent < wanted.length && wanted[adjacent] == wanted[adjacent - 1] + 1) {
            adjacent++;
        }
        return marked;
    }

    /** Returns whether the first {@code columns} wanted columns are adjacent in the records, in this order. */
    public boolean areAdjacent(int columns) {
        return columns <= adjacent;
    }

    /** Makes this batch a copy of the rows of {@code stored}, with {@code columns} wanted columns, from index 0. */
    void copies(Batch stored, int columns) {
        original = stored;
        lay(columns, IntStream.range(0, columns).toArray());
        rows = stored.rows;
        reserve(rows, 0);
    }

    /** Sets the index after the field's last byte in a copy. */
    void mark(int row, int column, int end) {
        marks[row * stride + column] = end;
    }

    void reserve(int mostRows, int more) {
        if (marks.length < mostRows * stride + more) {
            marks = new int[mostRows * stride + more];
        }
    }

    /** Makes this batch consist of the one record that {@code record} has read. */
    void of(byte[] buffer, int from, CsvRecord record, int[] wanted) {
        bytes = buffer;
        first = from;
        rows = 1;
        reserve(1, 0);
        for (int i = 0; i < wanted.length; i++) {
            if (beginMarks[i] >= 0) {
                marks[beginMarks[i]] = record.begins[wanted[i]] - 1;
            }
            marks[endMarks[i]] = record.ends[wanted[i]];
        }
        marks[stride - 1] = record.end;
    }

    /** Sets the offset of {@code bytes[0]} in the input, and the number of line breaks of the range before the batch. */
    void locate(long offset, long linesBefore) {
        base = offset;
        lines = linesBefore;
        countedRow = 0;
        countedLines = 0;
    }

    /** Returns the number of line breaks between the start of the range and the record; fast if rows are asked for in order. */
    public long linesBefore(int row) {
        if (original != null) {
            return original.linesBefore(row);
        }
        int from = row < countedRow ? 0 : countedRow;
        long before = row < countedRow ? 0 : countedLines;
        int counted = from == 0 ? first : recordStart(from);
        countedLines = before + LineBreaks.count(bytes, counted, recordStart(row));
        countedRow = row;
        return lines + countedLines;
    }

    /** Returns the number of bytes from the start of the first record to the end of the last one. */
    public int length() {
        return rows == 0 ? 0 : recordEnd(rows - 1) - first;
    }

    /**
     * Returns the index of the field's first byte, a quote included; {@code column} is an index into the wanted
     * columns.
     */
    public int begin(int row, int column) {
        int mark = beginMarks[column];
        return mark >= 0 ? marks[row * stride + mark] + 1 : recordStart(row);
    }

    /** Returns the index after the field's last byte, a quote included. */
    public int end(int row, int column) {
        int mark = row * stride + endMarks[column];
        int end = marks[mark];
        // Only the last field ends at a line break, which may have a CR before the LF.
        return endMarks[column] == stride - 1 ? recordEnd(row) : end;
    }

    /**
     * Finds the positions of {@code column}'s fields in the rows {@code rows[0, count)}: the same as {@link #begin} and
     * {@link #end}, for many rows at once.
     */
    public void find(int column, int[] rows, int count, int[] begins, int[] ends) {
        int[] all = marks;
        byte[] text = bytes;
        int step = stride;
        int beginMark = beginMarks[column];
        int endMark = endMarks[column];
        boolean last = endMark == step - 1;
        for (int i = 0; i < count; i++) {
            int at = rows[i] * step;
            begins[i] = all[Math.max(0, at + beginMark)] + 1;
            ends[i] = all[at + endMark];
        }
        if (beginMark < 0 && count > 0 && rows[0] == 0) {
            begins[0] = first;
        }
        if (last) {
            for (int i = 0; i < count; i++) {
                int end = ends[i];
                // Only a line break has a CR before it.
                if (end > begins[i] && text[end - 1] == '\r') {
                    ends[i] = end - 1;
                }
            }
        }
    }

    /** Returns the index of the record's first byte. */
    public int recordStart(int row) {
        return row == 0 ? first : marks[row * stride - 1] + 1;
    }

    /** Returns the index after the record's last byte, not counting its line break. */
    public int recordEnd(int row) {
        int end = marks[row * stride + stride - 1];
        return end > recordStart(row) && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    /** Returns the record's offset in its input. */
    public long offset(int row) {
        if (original != null) {
            return original.offset(row);
        }
        return base + recordStart(row);
    }

    /**
     * Rejects the row because of {@code column}: it counts as rejected, not as used. Call this at most once per row.
     */
    public void reject(int row, int column, String reason) {
        rejections.add(row, column, reason);
    }

    /** Like {@link #reject(int, int, String)}, for a row in which no single column is at fault. */
    public void reject(int row, String reason) {
        rejections.add(row, Rejections.NO_COLUMN, reason);
    }
}
