package io.filejob.group;

import io.filejob.model.AggregateSpec;
import io.filejob.model.ComparisonSpec;
import io.filejob.model.MeasureFunction;
import io.filejob.model.MeasureSpec;
import io.filejob.model.ValueType;
import io.filejob.read.CsvDialect;
import io.filejob.read.InputPosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation and the text that it reads. Safe to use from any thread.
 *
 * @param spec the aggregation
 * @param dialect how the input is written
 */
public record GroupSchema(AggregateSpec spec, CsvDialect dialect) {
    /** The columns that are read, the keys first; each once, but for keys. */
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

    /** The index among {@link #columns}. */
    int index(String column) {
        return columns().indexOf(column);
    }

    KeyFormat keys() {
        boolean distinct =
                spec.measures().stream().anyMatch(measure -> measure.function() == MeasureFunction.COUNT_DISTINCT);
        return new KeyFormat(spec.keys().size(), dialect.hasNull(), distinct);
    }

    /** The decimal columns that rows must have good numbers in, by index. */
    Map<Integer, DecimalColumn> decimalColumns() {
        Map<Integer, DecimalColumn> columns = new LinkedHashMap<>();
        for (MeasureSpec measure : spec.measures()) {
            if (measure.column() != null && measure.valueType() == ValueType.DECIMAL) {
                columns.computeIfAbsent(index(measure.column()), index -> new DecimalColumn(dialect, index));
            }
        }
        return columns;
    }

    /** One for each measure, over {@code columns}. */
    List<Accumulator> accumulators(Map<Integer, DecimalColumn> columns, InputPosition position) {
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
            // Values that differ are counted where keys are merged.
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

    private static TextAccumulator.Kind kind(MeasureSpec measure) {
        return switch (measure.function()) {
            case MIN -> TextAccumulator.Kind.MIN;
            case MAX -> TextAccumulator.Kind.MAX;
            case FIRST -> TextAccumulator.Kind.FIRST;
            default -> TextAccumulator.Kind.LAST;
        };
    }
}
