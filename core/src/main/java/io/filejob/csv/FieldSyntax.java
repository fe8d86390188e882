package io.filejob.csv;

import java.util.Map;
import java.util.Set;

/**
 * The wanted columns, by their indexes, whose fields are converted before they are used.
 *
 * @param numbers columns that are read as numbers
 * @param timestamps columns that are read as timestamps
 */
public record FieldSyntax(Set<Integer> numbers, Map<Integer, TimestampSyntax> timestamps) {
    /** No column is converted. */
    public static final FieldSyntax NONE = new FieldSyntax(Set.of(), Map.of());

    /** Copies the sets. */
    public FieldSyntax {
        numbers = Set.copyOf(numbers);
        timestamps = Map.copyOf(timestamps);
    }

    /** Returns the syntax in which {@code numbers} are read as numbers. */
    public static FieldSyntax ofNumbers(Set<Integer> numbers) {
        return new FieldSyntax(numbers, Map.of());
    }
}
