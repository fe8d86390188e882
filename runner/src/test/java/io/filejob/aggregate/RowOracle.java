package io.filejob.aggregate;

import io.filejob.aggregate.CsvOracle.Field;
import io.filejob.spec.ComparisonSpec;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.ValueType;
import io.filejob.spec.aggregate.AggregateSpec;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Expected outcome for the rows of one file. */
final class RowOracle {
    /**
     * A used row: its keys and the value of each measure's column (any non-null value for a measure without a column).
     */
    record Used(List<Cell> keys, List<Cell> values) {}

    /** A field that makes its row bad; the column is named as in the spec. */
    record Fault(String column, String reason, String text) {}

    /** The verdict on a row; {@code used} is null for a row dropped by a filter or with a fault. */
    record Verdict(@Nullable Used used, @Nullable Fault fault) {}

    private static final Verdict DROPPED = new Verdict(null, null);

    private final AggregateSpec spec;
    private final @Nullable String nullText;
    private final List<String> names;

    RowOracle(AggregateSpec spec, @Nullable String nullText, List<String> names) {
        this.spec = spec;
        this.nullText = nullText;
        this.names = names;
    }

    Verdict judge(List<Field> fields) {
        for (ComparisonSpec filter : spec.rowFilters()) {
            ValueType type = Objects.requireNonNullElse(filter.type(), ValueType.STRING);
            Cell cell = cell(fields, filter.column());
            if (cell.isNull()) {
                return DROPPED;
            }
            Fault wrong = fault(filter.column(), cell, type);
            if (wrong != null) {
                return new Verdict(null, wrong);
            }
            int order = Typed.order(type).compare(cell.value(), ByteText.of(filter.value()));
            if (!filter.operator().holds(order)) {
                return DROPPED;
            }
        }
        Fault fault = firstFault(fields);
        if (fault != null) {
            return new Verdict(null, fault);
        }
        return new Verdict(
                new Used(
                        spec.keys().stream().map(key -> cell(fields, key)).toList(),
                        spec.measures().stream()
                                .map(MeasureSpec::column)
                                .map(column -> column == null ? new Cell("") : cell(fields, column))
                                .toList()),
                null);
    }

    /**
     * Returns the reported fault: one in a number first, then in a measure's text, with columns in spec order, then in
     * a key.
     */
    private @Nullable Fault firstFault(List<Field> fields) {
        Stream<Fault> numbers = spec.measures().stream()
                .filter(measure -> measure.valueType() == ValueType.DECIMAL)
                .flatMap(measure -> faults(fields, measure));
        Stream<Fault> texts = columns().stream().flatMap(column -> spec.measures().stream()
                .filter(measure -> measure.valueType() != ValueType.DECIMAL && column.equals(measure.column()))
                .flatMap(measure -> faults(fields, measure)));
        Stream<Fault> compared = spec.groupFilters().stream()
                .filter(having -> having.type() != null && spec.keys().contains(having.column()))
                .filter(having -> having.type() != ValueType.STRING)
                .map(having ->
                        fault(having.column(), cell(fields, having.column()), Objects.requireNonNull(having.type())))
                .flatMap(Stream::ofNullable);
        Stream<Fault> keys = spec.keys().stream()
                .map(key -> fault(key, cell(fields, key), ValueType.STRING))
                .flatMap(Stream::ofNullable);
        return Stream.of(numbers, texts, compared, keys)
                .flatMap(Function.identity())
                .findFirst()
                .orElse(null);
    }

    private Stream<Fault> faults(List<Field> fields, MeasureSpec measure) {
        String column = measure.column();
        return column == null
                ? Stream.of()
                : Stream.ofNullable(fault(column, cell(fields, column), measure.valueType()));
    }

    /**
     * Returns the used columns without duplicates, in spec order, except that those of {@code where} precede those of
     * measures.
     */
    private List<String> columns() {
        return Stream.of(
                        spec.keys().stream(),
                        spec.rowFilters().stream().map(ComparisonSpec::column),
                        spec.measures().stream().map(MeasureSpec::column).flatMap(Stream::ofNullable))
                .flatMap(Function.identity())
                .distinct()
                .toList();
    }

    private @Nullable Fault fault(String column, Cell cell, ValueType type) {
        String reason = cell.isNull() ? null : Typed.fault(cell.value(), type);
        return reason == null ? null : new Fault(column, reason, cell.value());
    }

    private Cell cell(List<Field> fields, String column) {
        Field field = fields.get(index(column));
        return !field.quoted() && field.text().equals(nullText) ? Cell.NULL : new Cell(field.text());
    }

    private int index(String column) {
        int index = names.indexOf(ByteText.of(column));
        if (index < 0 && column.startsWith("#")) {
            return Integer.parseInt(column.substring(1)) - 1;
        }
        if (index < 0 || names.lastIndexOf(ByteText.of(column)) != index) {
            throw new IllegalArgumentException("no single column " + column + " in " + names);
        }
        return index;
    }
}
