package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.spec.average.AverageSpec;
import io.filejob.validation.CheckedBy;
import org.jspecify.annotations.Nullable;

/** Compares a column with a value. A comparison with a null is false. */
@JsonPropertyOrder({"column", "operator", "value", "type"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(ComparisonRules.class)
public record ComparisonSpec(
        @JsonPropertyDescription(
                "The column to compare: in where a column of the input, by name or by position (#2); in having a column of the output.")
        @Required
        @Size(max = AverageSpec.MAX_COLUMN_LENGTH)
        String column,

        @JsonPropertyDescription("The comparison operator.") @Required
        ComparisonOperator operator,

        @JsonPropertyDescription("The value to compare with, as a string.")
        @Required
        @Size(max = AverageSpec.MAX_COLUMN_LENGTH)
        String value,

        @JsonPropertyDescription(
                "The type as which column and value are compared. Required with < <= > >=; string if absent. In having allowed for keys only, since a measure has its own type.")
        @Nullable
        ValueType type) {}
