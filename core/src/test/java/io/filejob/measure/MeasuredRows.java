package io.filejob.measure;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.csv.BadRecordSink;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FileRange;
import io.filejob.csv.InputPosition;
import io.filejob.csv.MemorySource;
import io.filejob.csv.OnBad;
import io.filejob.csv.RowReader;
import io.filejob.group.GroupSchema;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.aggregate.AggregateSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures of groups of rows. A row has a group number below {@link #GROUPS} and a value; an empty value is null. */
final class MeasuredRows {
    static final int GROUPS = 8;

    private static final CsvDialect DIALECT =
            new CsvDialect((byte) ',', (byte) '"', (byte) 0, (byte) 0, false, List.of("g", "v"), "", true);

    private final GroupSchema schema;
    private final Map<Integer, DecimalColumn> columns;
    private final InputPosition position = new InputPosition();
    final List<Accumulator> accumulators;

    MeasuredRows(List<MeasureSpec> measures) {
        this.schema = new GroupSchema(new AggregateSpec(List.of("g"), measures, null, null, null), DIALECT);
        this.columns = schema.decimalColumns();
        this.accumulators = schema.accumulators(columns, position);
        accumulators.forEach(accumulator -> accumulator.reserve(GROUPS));
    }

    /** Adds the rows of file number {@code file}. */
    void add(int file, List<String> rows) {
        position.at(file);
        RowReader reader = new RowReader(DIALECT, schema.columns(), OnBad.FAIL, BadRecordSink.NONE);
        byte[] csv = (String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
        Selection selection = new Selection();
        reader.read(FileRange.whole(MemorySource.of("rows", csv)), batch -> {
            selection.all(batch);
            int[] groups = new int[selection.count];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = batch.bytes[batch.begin(selection.rows[i], 0)] - '0';
            }
            columns.values().forEach(column -> column.read(batch, selection));
            accumulators.forEach(accumulator -> accumulator.add(batch, selection, groups));
        });
    }

    /** Returns the encoded state of a group. */
    ByteList state(int group) {
        ByteList state = new ByteList(16);
        accumulators.forEach(accumulator -> accumulator.write(group, state));
        return state;
    }

    /** Adds an encoded state to a group. */
    void read(int group, ByteList state) {
        ByteCursor in = new ByteCursor();
        in.of(state.array(), 0);
        accumulators.forEach(accumulator -> accumulator.read(group, in));
    }

    /** Adds the state of group {@code other} to {@code group}. */
    void merge(int group, int other) {
        accumulators.forEach(accumulator -> accumulator.merge(group, other));
    }

    /** Returns the result of a measure, or null without one. */
    @Nullable
    String result(int measure, int group) {
        ByteList out = new ByteList(16);
        return accumulators.get(measure).print(group, out) ? new String(out.toArray(), StandardCharsets.UTF_8) : null;
    }
}
