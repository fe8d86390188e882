package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.spec.average.AverageSpec;
import io.filejob.validation.CheckedBy;
import io.filejob.validation.ShortForm;
import org.jspecify.annotations.Nullable;

/** A measure computed for each group. */
@JsonPropertyOrder({"function", "column", "as", "type"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(MeasureRules.class)
@ShortForm("function")
public record MeasureSpec(
        @JsonPropertyDescription("The function to compute.") @Required
        MeasureFunction function,

        @JsonPropertyDescription(
                "The column to compute it of, by name or by position (#2). Without a column, count counts rows.")
        @Size(max = AverageSpec.MAX_COLUMN_LENGTH)
        @Nullable
        String column,

        @JsonPropertyDescription(
                "The name of the output column. If absent, function(column), or count if there is no column.")
        @Size(max = AverageSpec.MAX_COLUMN_LENGTH)
        @Nullable
        String as,

        @JsonPropertyDescription(
                "The type as which min and max (default decimal) and countDistinct (default string) compare values. Not allowed with other functions.")
        @Nullable
        ValueType type) {
    /** Returns the name of the output column. */
    public String outputName() {
        return as != null ? as : column == null ? function.text() : function.text() + "(" + column + ")";
    }

    /** Returns the type as which the column's fields are read. */
    public ValueType valueType() {
        return switch (function) {
            case SUM, AVG -> ValueType.DECIMAL;
            case MIN, MAX -> type == null ? ValueType.DECIMAL : type;
            case COUNT_DISTINCT -> type == null ? ValueType.STRING : type;
            case COUNT, FIRST, LAST -> ValueType.STRING;
        };
    }

    /** Returns the type as which results are compared in {@code having} and {@code top}. */
    public ValueType resultType() {
        return switch (function) {
            case SUM, AVG, COUNT, COUNT_DISTINCT -> ValueType.DECIMAL;
            case MIN, MAX -> valueType();
            case FIRST, LAST -> ValueType.STRING;
        };
    }
}
