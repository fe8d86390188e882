package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A column compared with a value. It does not hold for a null. */
@JsonPropertyOrder({"column", "operator", "value", "type"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ComparisonSpec(
        @JsonPropertyDescription("The column: of the input in where, of the output in having.")
        @Required
        @Size(max = AverageSpec.LONGEST_COLUMN)
        String column,

        @JsonPropertyDescription("How it is compared.") @Required
        ComparisonOperator operator,

        @JsonPropertyDescription("With what, as a text.") @Required @Size(max = AverageSpec.LONGEST_COLUMN)
        String value,

        @JsonPropertyDescription(
                "As what both are read: required in where with < <= > >=, string if absent. In having a measure has its own type.")
        @Nullable
        ValueType type) {}
