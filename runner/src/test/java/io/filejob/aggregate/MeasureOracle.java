package io.filejob.aggregate;

import io.filejob.spec.MeasureSpec;
import io.filejob.spec.ValueType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Expected measures of a group, computed from all its values. */
final class MeasureOracle {
    private MeasureOracle() {}

    /**
     * Computes a measure of the non-null values in input order; for count without a column, there is one value per row.
     */
    static Cell of(MeasureSpec measure, List<String> values) {
        return switch (measure.function()) {
            case COUNT -> new Cell(Integer.toString(values.size()));
            case COUNT_DISTINCT ->
                new Cell(Long.toString(values.stream()
                        .map(value -> plain(value, measure.valueType()))
                        .distinct()
                        .count()));
            case SUM -> values.isEmpty() ? Cell.NULL : new Cell(Typed.print(sum(values)));
            case AVG ->
                values.isEmpty()
                        ? Cell.NULL
                        : new Cell(Typed.print(
                                sum(values).divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128)));
            case MIN -> extreme(values, measure.valueType(), Typed.order(measure.valueType()));
            case MAX ->
                extreme(
                        values,
                        measure.valueType(),
                        Typed.order(measure.valueType()).reversed());
            case FIRST -> values.isEmpty() ? Cell.NULL : new Cell(values.getFirst());
            case LAST -> values.isEmpty() ? Cell.NULL : new Cell(values.getLast());
        };
    }

    private static BigDecimal sum(List<String> values) {
        return values.stream().map(Typed::number).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Cell extreme(List<String> values, ValueType type, Comparator<String> order) {
        return Stream.of(values)
                .filter(all -> !all.isEmpty())
                .map(all -> new Cell(plain(all.stream().min(order).orElseThrow(), type)))
                .findFirst()
                .orElse(Cell.NULL);
    }

    private static String plain(String value, ValueType type) {
        return type == ValueType.DECIMAL ? Typed.print(Typed.number(value)) : value;
    }
}
