package io.filejob.group;

import io.filejob.api.FileJobSpec;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.InputPosition;
import io.filejob.measure.Accumulator;
import io.filejob.measure.CountAccumulator;
import io.filejob.measure.DecimalColumn;
import io.filejob.measure.ExtremeAccumulator;
import io.filejob.measure.SumAccumulator;
import io.filejob.measure.TextAccumulator;
import io.filejob.spec.ComparisonSpec;
import io.filejob.spec.CsvFormat;
import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.ValueType;
import io.filejob.spec.aggregate.AggregateSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation and the dialect of its input. Safe to use from any thread.
 *
 * @param spec the aggregation
 * @param dialect the dialect of the input
 */
public record GroupSchema(AggregateSpec spec, CsvDialect dialect) {
    /** Returns the schema of the aggregation of {@code spec}, whose input must be CSV. */
    public static GroupSchema of(FileJobSpec spec, AggregateSpec aggregate) {
        CsvFormat csv = Objects.requireNonNull(spec.input().format()).csv();
        return new GroupSchema(aggregate, CsvDialect.of(Objects.requireNonNull(csv)));
    }

    /** Returns the columns to read, the keys first. Columns other than keys are listed once. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>(spec.keys());
        for (ComparisonSpec filter : spec.rowFilters()) {
            add(columns, filter.column());
        }
        for (MeasureSpec measure : spec.measures()) {
            add(columns, measure.column());
        }
        return columns;
    }

    private static void add(List<String> columns, @Nullable String column) {
        if (column != null && !columns.contains(column)) {
            columns.add(column);
        }
    }

    /** Returns the indexes in {@link #columns} of the columns that are read as numbers. */
    public Set<Integer> numbers() {
        Set<Integer> numbers = new TreeSet<>(decimalColumns().keySet());
        Stream.of(spec.rowFilters(), spec.groupFilters())
                .flatMap(List::stream)
                .filter(filter -> filter.type() == ValueType.DECIMAL)
                .map(filter -> index(filter.column()))
                .filter(index -> index >= 0)
                .forEach(numbers::add);
        return numbers;
    }

    /** Returns the index of {@code column} in {@link #columns}. */
    public int index(String column) {
        return columns().indexOf(column);
    }

    /** Returns the format of the keys in bytes. */
    public KeyFormat keys() {
        boolean distinct =
                spec.measures().stream().anyMatch(measure -> measure.function() == MeasureFunction.COUNT_DISTINCT);
        return new KeyFormat(spec.keys().size(), dialect.hasNull(), distinct);
    }

    /** Returns the decimal columns by index; rows must have valid numbers in them. */
    public Map<Integer, DecimalColumn> decimalColumns() {
        Map<Integer, DecimalColumn> columns = new LinkedHashMap<>();
        for (MeasureSpec measure : spec.measures()) {
            if (measure.column() != null && measure.valueType() == ValueType.DECIMAL) {
                columns.computeIfAbsent(index(measure.column()), index -> new DecimalColumn(dialect, index));
            }
        }
        return columns;
    }

    /** Returns an accumulator for each measure, over {@code columns}. */
    public List<Accumulator> accumulators(Map<Integer, DecimalColumn> columns, InputPosition position) {
        List<Accumulator> all = new ArrayList<>();
        for (MeasureSpec measure : spec.measures()) {
            all.add(accumulator(measure, columns, position));
        }
        return all;
    }

    private Accumulator accumulator(MeasureSpec measure, Map<Integer, DecimalColumn> columns, InputPosition position) {
        int index = measure.column() == null ? CountAccumulator.ROWS : index(measure.column());
        boolean decimal = measure.valueType() == ValueType.DECIMAL;
        return switch (measure.function()) {
            case COUNT -> new CountAccumulator(dialect, index);
            // Distinct values are counted when keys are merged.
            case COUNT_DISTINCT -> new CountAccumulator(dialect, CountAccumulator.NOTHING);
            case SUM, AVG ->
                new SumAccumulator(
                        Objects.requireNonNull(columns.get(index)), measure.function() == MeasureFunction.AVG);
            case MIN, MAX ->
                decimal
                        ? new ExtremeAccumulator(
                                Objects.requireNonNull(columns.get(index)), measure.function() == MeasureFunction.MAX)
                        : new TextAccumulator(kind(measure), dialect, index, position);
            case FIRST, LAST -> new TextAccumulator(kind(measure), dialect, index, position);
        };
    }

    private static TextAccumulator.TextFunction kind(MeasureSpec measure) {
        return switch (measure.function()) {
            case MIN -> TextAccumulator.TextFunction.MIN;
            case MAX -> TextAccumulator.TextFunction.MAX;
            case FIRST -> TextAccumulator.TextFunction.FIRST;
            default -> TextAccumulator.TextFunction.LAST;
        };
    }
}
