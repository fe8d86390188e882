package io.filejob.output;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.group.GroupSchema;
import io.filejob.spec.ValueType;
import io.filejob.spec.aggregate.TopSpec;

/**
 * Encodes the order of rows in {@code top} as bytes: by rank, with nulls last, then by key. A text ends with two zero
 * bytes; a zero byte within a text is followed by 0xFF. A number is encoded as its sign, the number of digits before
 * the point, and its digits.
 */
final class RowRank {
    private static final int ESCAPED = 0xFF;

    private final int column;
    private final boolean descending;
    private final boolean decimal;
    private final int keys;
    private final int[] starts;
    private final int[] ends;
    private final ByteCursor cursor = new ByteCursor();

    RowRank(GroupSchema schema, TopSpec top) {
        int columns = schema.spec().outputColumns().size();
        this.column = schema.spec().outputColumns().indexOf(top.by());
        this.descending = top.order() == TopSpec.Order.DESCENDING;
        this.decimal = ResultRow.type(schema, column, null) == ValueType.DECIMAL;
        this.keys = schema.spec().keys().size();
        this.starts = new int[columns];
        this.ends = new int[columns];
    }

    /** Appends the rank of the packed row at {@code from}. */
    void write(byte[] row, int from, ByteList out) {
        cursor.of(row, from);
        for (int i = 0; i < starts.length; i++) {
            int length = (int) cursor.varint() - 1;
            starts[i] = length < 0 ? -1 : cursor.at;
            cursor.at += Math.max(0, length);
            ends[i] = cursor.at;
        }
        boolean isNull = starts[column] < 0;
        out.put(isNull ? 1 : 0);
        if (!isNull) {
            int begin = out.size;
            if (decimal) {
                number(row, starts[column], ends[column], out);
            } else {
                text(row, starts[column], ends[column], out);
            }
            if (descending) {
                complement(out, begin);
            }
        }
        for (int key = 0; key < keys; key++) {
            out.put(starts[key] < 0 ? 0 : 1);
            if (starts[key] >= 0) {
                text(row, starts[key], ends[key], out);
            }
        }
    }

    private static void text(byte[] bytes, int from, int to, ByteList out) {
        for (int p = from; p < to; p++) {
            out.put(bytes[p]);
            if (bytes[p] == 0) {
                out.put(ESCAPED);
            }
        }
        out.put(0);
        out.put(0);
    }

    /** Appends a number given in plain notation. */
    private static void number(byte[] bytes, int from, int to, ByteList out) {
        boolean negative = bytes[from] == '-';
        int p = negative ? from + 1 : from;
        int point = p;
        while (point < to && bytes[point] != '.') {
            point++;
        }
        int first = p;
        while (first < to && (bytes[first] == '0' || bytes[first] == '.')) {
            first++;
        }
        if (first == to) {
            out.put(1);
            return;
        }
        out.put(negative ? 0 : 2);
        int begin = out.size;
        int magnitude = (first < point ? point - first : point + 1 - first) ^ Integer.MIN_VALUE;
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.put(magnitude >>> shift);
        }
        for (int digit = first; digit < to; digit++) {
            if (bytes[digit] != '.') {
                out.put(bytes[digit]);
            }
        }
        out.put(0);
        if (negative) {
            complement(out, begin);
        }
    }

    private static void complement(ByteList out, int from) {
        for (int i = from; i < out.size; i++) {
            out.array[i] = (byte) ~out.array[i];
        }
    }
}
