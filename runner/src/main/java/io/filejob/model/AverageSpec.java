package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * The mean of all numbers, summed exactly and rounded once to IEEE 754 decimal128 (34 significant digits, half even).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AverageSpec(
        @JsonPropertyDescription(
                "The column that holds the numbers, by name or by position (#2). Required for CSV input, not allowed otherwise.")
        @Size(max = AverageSpec.LONGEST_COLUMN)
        @Nullable
        String column)
        implements Operation {
    /** The maximum length of a column's name, in characters. */
    static final int LONGEST_COLUMN = 1000;
}
