package io.filejob.group;

import io.filejob.api.FileJobSpec;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldSyntax;
import io.filejob.csv.InputPosition;
import io.filejob.csv.TimestampSyntax;
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
import io.filejob.spec.TimestampSpec;
import io.filejob.spec.TimestampUnit;
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
        return reads().stream().map(ColumnRead::column).toList();
    }

    /** A column that is read as it is stored, or as a timestamp if it has a unit. */
    private record ColumnRead(String column, @Nullable TimestampUnit unit) {}

    /** Returns the keys, and then the other columns, each once for each way in which it is read. */
    private List<ColumnRead> reads() {
        List<ColumnRead> reads = new ArrayList<>();
        for (String key : spec.keys()) {
            reads.add(new ColumnRead(
                    key, spec.timestamp(key).map(TimestampSpec::truncate).orElse(null)));
        }
        Stream.concat(
                        spec.rowFilters().stream().map(filter -> read(filter.column(), filter.type())),
                        spec.measures().stream()
                                .filter(measure -> measure.column() != null)
                                .map(this::read))
                .filter(read -> !reads.contains(read))
                .distinct()
                .toList()
                .forEach(reads::add);
        return reads;
    }

    private ColumnRead read(MeasureSpec measure) {
        return read(Objects.requireNonNull(measure.column()), measure.valueType());
    }

    private ColumnRead read(String column, @Nullable ValueType type) {
        boolean isDay = type == ValueType.DATE && spec.timestamp(column).isPresent();
        return new ColumnRead(column, isDay ? TimestampUnit.DAY : null);
    }

    /** Returns how fields are converted, by the indexes in {@link #columns}; not thread-safe. */
    public FieldSyntax fields() {
        List<ColumnRead> reads = reads();
        Map<Integer, TimestampSyntax> timestamps = new LinkedHashMap<>();
        for (int i = 0; i < reads.size(); i++) {
            TimestampUnit unit = reads.get(i).unit();
            if (unit != null) {
                String format = spec.timestamp(reads.get(i).column())
                        .map(TimestampSpec::format)
                        .orElse(null);
                timestamps.put(i, new TimestampSyntax(unit, format));
            }
        }
        return new FieldSyntax(numbers(), timestamps);
    }

    /** Returns the indexes in {@link #columns} of the columns that are read as numbers. */
    public Set<Integer> numbers() {
        Set<Integer> numbers = new TreeSet<>(decimalColumns().keySet());
        spec.rowFilters().stream()
                .filter(filter -> filter.type() == ValueType.DECIMAL)
                .forEach(filter -> numbers.add(index(filter)));
        spec.groupFilters().stream()
                .filter(filter -> filter.type() == ValueType.DECIMAL)
                .map(filter -> spec.keys().indexOf(filter.column()))
                .filter(index -> index >= 0)
                .forEach(numbers::add);
        return numbers;
    }

    /** Returns the index in {@link #columns} of the column that a condition on rows compares. */
    public int index(ComparisonSpec rowFilter) {
        return reads().indexOf(read(rowFilter.column(), rowFilter.type()));
    }

    /** Returns the index in {@link #columns} of the column of a measure that has one. */
    public int index(MeasureSpec measure) {
        return reads().indexOf(read(measure));
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
                columns.computeIfAbsent(index(measure), index -> new DecimalColumn(dialect, index));
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
        int index = measure.column() == null ? CountAccumulator.ROWS : index(measure);
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
