package io.filejob.output;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.group.GroupSchema;
import io.filejob.group.GroupStream;
import io.filejob.group.KeyFormat;
import io.filejob.group.PackedRows;
import io.filejob.spec.ComparisonSpec;
import io.filejob.spec.ValueType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result row of one group: keys, then measures. */
public final class ResultRow {
    private final GroupSchema schema;
    private final KeyFormat format;
    private final int columns;
    private final byte[] nullText;
    private final List<Having> filters = new ArrayList<>();
    private final ByteList text = new ByteList(1 << 10);
    private final int[] ends;
    private final boolean[] nulls;
    /** The numeric columns, which never need quotes. */
    private final boolean[] numbers;

    // Comparisons are never compared with each other.
    @SuppressWarnings("ArrayRecordComponent")
    private record Having(
            ComparisonSpec spec,
            int column,
            ValueType type,
            byte[] bytes,
            @Nullable BigDecimal decimal) {}

    /** Creates a row without values. */
    public ResultRow(GroupSchema schema) {
        this.schema = schema;
        this.format = schema.keys();
        List<String> names = schema.spec().outputColumns();
        this.columns = names.size();
        this.nullText = schema.dialect().shownNull().getBytes(StandardCharsets.UTF_8);
        this.ends = new int[columns];
        this.nulls = new boolean[columns];
        this.numbers = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            numbers[column] = type(schema, column, null) == ValueType.DECIMAL;
        }
        for (ComparisonSpec filter : schema.spec().groupFilters()) {
            int column = names.indexOf(filter.column());
            ValueType type = type(schema, column, filter.type());
            filters.add(new Having(
                    filter,
                    column,
                    type,
                    filter.value().getBytes(StandardCharsets.UTF_8),
                    type == ValueType.DECIMAL ? new BigDecimal(filter.value().strip()) : null));
        }
    }

    /**
     * Returns the type by which an output column is compared; keys are compared as text unless a type is {@code asked}
     * for.
     */
    static ValueType type(GroupSchema schema, int column, @Nullable ValueType asked) {
        int keys = schema.spec().keys().size();
        if (column >= keys) {
            return schema.spec().measures().get(column - keys).resultType();
        }
        return asked == null ? ValueType.STRING : asked;
    }

    /** Takes the values of the current group. */
    public void of(GroupStream groups) {
        text.clear();
        int at = 0;
        for (int column = 0; column < format.columns(); column++) {
            at = format.read(column, groups.key().array, at, groups.key().size, text);
            nulls[column] = at < 0;
            at = at < 0 ? -at - 1 : at;
            ends[column] = text.size;
        }
        for (int column = format.columns(); column < columns; column++) {
            nulls[column] = !groups.measure(column - format.columns()).print(GroupStream.CURRENT, text);
            ends[column] = text.size;
        }
    }

    /** Returns whether all conditions of {@code having} hold. */
    public boolean isWanted() {
        for (Having filter : filters) {
            if (nulls[filter.column()] || !filter.spec().operator().holds(compare(filter))) {
                return false;
            }
        }
        return true;
    }

    private int compare(Having filter) {
        int from = begin(filter.column());
        int to = ends[filter.column()];
        if (filter.decimal() == null) {
            return Arrays.compareUnsigned(text.array, from, to, filter.bytes(), 0, filter.bytes().length);
        }
        return new BigDecimal(string(from, to).strip()).compareTo(filter.decimal());
    }

    private int begin(int column) {
        return column == 0 ? 0 : ends[column - 1];
    }

    private String string(int from, int to) {
        return new String(text.array, from, to - from, StandardCharsets.UTF_8);
    }

    /** Returns the fields, null for missing values. */
    List<@Nullable String> fields() {
        List<@Nullable String> fields = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            fields.add(nulls[column] ? null : string(begin(column), ends[column]));
        }
        return fields;
    }

    /** Appends the row in the format of {@link PackedRows}. */
    public void pack(ByteList out) {
        for (int column = 0; column < columns; column++) {
            if (nulls[column]) {
                out.putVarint(0);
            } else {
                PackedRows.writeField(text.array, begin(column), ends[column], out);
            }
        }
    }

    /** Decodes a packed row. */
    public void of(byte[] packed, int from) {
        ByteCursor in = new ByteCursor();
        in.of(packed, from);
        text.clear();
        for (int column = 0; column < columns; column++) {
            int length = (int) in.varint() - 1;
            nulls[column] = length < 0;
            text.put(packed, in.at, in.at + Math.max(0, length));
            in.at += Math.max(0, length);
            ends[column] = text.size;
        }
    }

    /** Appends the row as a CSV record. */
    void writeTo(ByteList out) {
        for (int column = 0; column < columns; column++) {
            if (column > 0) {
                out.put(',');
            }
            if (nulls[column]) {
                out.put(nullText, 0, nullText.length);
            } else if (numbers[column] && !schema.dialect().hasNull()) {
                out.put(text.array, begin(column), ends[column]);
            } else {
                CsvWriter.appendField(text.array, begin(column), ends[column], nullOrNone(), columns == 1, out);
            }
        }
        out.put('\n');
    }

    private byte @Nullable [] nullOrNone() {
        return schema.dialect().hasNull() ? nullText : null;
    }
}
