package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One thing that is computed of each group. */
@JsonPropertyOrder({"function", "column", "as", "type"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(
        field = "column",
        holds = "has(self.column) || self.__function__ == 'count'",
        message = Words.COLUMN_OF_MEASURE,
        values = "self.__function__")
@Rule(
        field = "type",
        holds = "!has(self.type) || self.__function__ in ['min', 'max', 'countDistinct']",
        message = Words.TYPE_OF_FUNCTION,
        values = "self.__function__")
public record MeasureSpec(
        @JsonPropertyDescription("What is computed.") @Required
        MeasureFunction function,

        @JsonPropertyDescription("Of which column, by name or, as #2, by position; without one, count counts rows.")
        @Size(max = AverageSpec.LONGEST_COLUMN)
        @Nullable
        String column,

        @JsonPropertyDescription("The name of the output's column; function(column) if absent, and count without one.")
        @Size(max = AverageSpec.LONGEST_COLUMN)
        @Nullable
        String as,

        @JsonPropertyDescription(
                "How min, max (decimal if absent) and countDistinct (string if absent) compare; for these only.")
        @Nullable
        ValueType type) {
    /** The name of its column in the output. */
    public String outputName() {
        return as != null ? as : column == null ? function.text() : function.text() + "(" + column + ")";
    }

    /** As what its column's fields are read. */
    public ValueType valueType() {
        return switch (function) {
            case SUM, AVG -> ValueType.DECIMAL;
            case MIN, MAX -> type == null ? ValueType.DECIMAL : type;
            case COUNT_DISTINCT -> type == null ? ValueType.STRING : type;
            case COUNT, FIRST, LAST -> ValueType.STRING;
        };
    }

    /** As what its results compare in {@code having} and {@code top}. */
    public ValueType resultType() {
        return switch (function) {
            case SUM, AVG, COUNT, COUNT_DISTINCT -> ValueType.DECIMAL;
            case MIN, MAX -> valueType();
            case FIRST, LAST -> ValueType.STRING;
        };
    }
}
