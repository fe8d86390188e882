package io.filejob.aggregate;

import io.filejob.aggregate.CsvOracle.Field;
import io.filejob.model.AggregateSpec;
import io.filejob.model.ComparisonSpec;
import io.filejob.model.MeasureSpec;
import io.filejob.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of the rows of one file. */
final class RowOracle {
    /** A row: its keys, and what each measure's column holds (anything but null for one without a column). */
    record Used(List<Cell> keys, List<Cell> values) {}

    /** A field that makes its row bad; its column as the spec names it. */
    record Fault(String column, String reason, String text) {}

    /** {@code used} is null for a row that a filter drops, and for one with a fault. */
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
            Fault fault = fault(filter.column(), cell, type);
            if (fault != null) {
                return new Verdict(null, fault);
            }
            int order = Typed.order(type).compare(cell.value(), ByteText.of(filter.value()));
            if (!filter.operator().holds(order)) {
                return DROPPED;
            }
        }
        List<Cell> keys = new ArrayList<>();
        for (String key : spec.keys()) {
            Cell cell = cell(fields, key);
            Fault fault = fault(key, cell, ValueType.STRING);
            if (fault != null) {
                return new Verdict(null, fault);
            }
            keys.add(cell);
        }
        List<Cell> values = new ArrayList<>();
        for (MeasureSpec measure : spec.measures()) {
            String column = measure.column();
            Cell cell = column == null ? new Cell("") : cell(fields, column);
            Fault fault = column == null ? null : fault(column, cell, measure.valueType());
            if (fault != null) {
                return new Verdict(null, fault);
            }
            values.add(cell);
        }
        return new Verdict(new Used(keys, values), null);
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
        if (column.startsWith("#")) {
            return Integer.parseInt(column.substring(1)) - 1;
        }
        int index = names.indexOf(ByteText.of(column));
        if (index < 0 || names.lastIndexOf(ByteText.of(column)) != index) {
            throw new IllegalArgumentException("no single column " + column + " in " + names);
        }
        return index;
    }
}
