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
@Rule(
        field = "value",
        holds = "!has(self.type) || self.type != 'decimal' || self.value.matches('^(" + ValueType.A_DECIMAL + ")$')",
        message = Words.NOT_A_DECIMAL,
        values = ComparisonSpec.VALUE)
@Rule(
        field = "value",
        holds = "!has(self.type) || self.type != 'date' || self.value.matches('^(" + ValueType.A_DATE + ")$')",
        message = Words.NOT_A_DATE,
        values = ComparisonSpec.VALUE)
public record ComparisonSpec(
        @JsonPropertyDescription(
                "The column: in where of the input, by name or, as #2, by position; in having of the output.")
        @Required
        @Size(max = AverageSpec.LONGEST_COLUMN)
        String column,

        @JsonPropertyDescription("How it is compared.") @Required
        ComparisonOperator operator,

        @JsonPropertyDescription("With what, as a text.") @Required @Size(max = AverageSpec.LONGEST_COLUMN)
        String value,

        @JsonPropertyDescription(
                "As what both are read: required with < <= > >=, string if absent. In having for keys only: a measure has its own type.")
        @Nullable
        ValueType type) {
    /** In CEL, the value as messages show it. */
    static final String VALUE = "'\"' + self.value + '\"'";
}
