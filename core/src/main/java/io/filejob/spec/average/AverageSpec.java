package io.filejob.spec.average;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Size;
import io.filejob.spec.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The mean of all numbers, summed exactly and rounded once to IEEE 754 decimal128 (34 significant digits, half even).
 */
@JsonPropertyOrder("column")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AverageSpec(
        @JsonPropertyDescription(
                "The column that holds the numbers, by name or by position (#2). Required for CSV input, not allowed otherwise.")
        @Size(max = AverageSpec.MAX_COLUMN_LENGTH)
        @Nullable
        String column)
        implements Operation {
    /** The maximum length of a column's name, in characters. */
    public static final int MAX_COLUMN_LENGTH = 1000;
}
