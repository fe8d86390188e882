package io.filejob.read;

/**
 * Some whole, well-formed records that follow each other in {@link #bytes}, with the places of the wanted columns' fields.
 * Marks are the places of separators: {@code stride} of them for each row, the last being the line feed. Bytes behind a
 * field may be read and mean nothing. Not thread-safe; valid until the next one is read.
 */
public final class Batch {
    /** What the records stand in. */
    public byte[] bytes = {};
    /** How many records there are. */
    public int rows;

    /** Where the first record begins. */
    int first;
    /** The records' separators around wanted fields. */
    int[] marks = {};
    /** Marks a row. */
    int stride = 1;

    private int[] beginMarks = {};
    private int[] endMarks = {};
    private int adjacent;
    private long base;
    private final Rejections rejections;

    /** No records. */
    public static Batch none() {
        return new Batch(new Rejections());
    }

    Batch(Rejections rejections) {
        this.rejections = rejections;
    }

    /** For records of so many columns of which those are wanted; which separators become marks. */
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

    /** Whether the first so many of the wanted columns follow each other in the records, in this order. */
    public boolean areAdjacent(int columns) {
        return columns <= adjacent;
    }

    void reserve(int mostRows, int more) {
        if (marks.length < mostRows * stride + more) {
            marks = new int[mostRows * stride + more];
        }
    }

    /** Makes this the one record that {@code record} has read. */
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

    /** {@code bytes[0]} is the input's byte number {@code offset}. */
    void locate(long offset) {
        base = offset;
    }

    /** The bytes from the first record's begin to the last one's end. */
    public int length() {
        return rows == 0 ? 0 : recordEnd(rows - 1) - first;
    }

    /** The place of the field's first byte, a quote included; {@code column} is an index of the wanted ones. */
    public int begin(int row, int column) {
        int mark = beginMarks[column];
        return mark >= 0 ? marks[row * stride + mark] + 1 : recordStart(row);
    }

    /** The place behind the field's last byte, a quote included. */
    public int end(int row, int column) {
        int mark = row * stride + endMarks[column];
        int end = marks[mark];
        // Only a line break has a CR in front.
        return endMarks[column] == stride - 1 ? recordEnd(row) : end;
    }

    /**
     * The places of {@code column}'s fields in the rows {@code rows[0, count)}: as {@link #begin} and {@link #end}, many at
     * once.
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
                // Only a line break has a CR in front.
                if (end > begins[i] && text[end - 1] == '\r') {
                    ends[i] = end - 1;
                }
            }
        }
    }

    int recordStart(int row) {
        return row == 0 ? first : marks[row * stride - 1] + 1;
    }

    /** Behind the record's last byte, its line break not counted. */
    int recordEnd(int row) {
        int end = marks[row * stride + stride - 1];
        return end > recordStart(row) && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    /** The record's offset in its input. */
    public long offset(int row) {
        return base + recordStart(row);
    }

    /** The row is bad because of {@code column}: it counts as rejected and not as used. At most once a row. */
    public void reject(int row, int column, String reason) {
        rejections.add(row, column, reason);
    }

    /** As {@link #reject(int, int, String)}, but no single column is at fault. */
    public void reject(int row, String reason) {
        rejections.add(row, Rejections.NO_COLUMN, reason);
    }
}
