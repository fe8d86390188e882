package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows grouped by their keys, and exact measures of each group. */
@JsonPropertyOrder({"groupBy", "measures", "where", "having", "top"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AggregateSpec(
        @JsonPropertyDescription(
                "The key columns, by name or, as #2, by position; one row for the whole input if absent.")
        @Size(max = AggregateSpec.MOST_COLUMNS)
        @Nullable
        List<@Size(max = AverageSpec.LONGEST_COLUMN) String> groupBy,

        @JsonPropertyDescription("What is computed of each group.") @Required @Size(max = AggregateSpec.MOST_COLUMNS)
        List<MeasureSpec> measures,

        @JsonPropertyDescription("Which rows are used: those of which all of these hold.")
        @Size(max = AggregateSpec.MOST_COLUMNS)
        @Nullable
        List<ComparisonSpec> where,

        @JsonPropertyDescription("Which groups are put out: those of which all of these hold.")
        @Size(max = AggregateSpec.MOST_COLUMNS)
        @Nullable
        List<ComparisonSpec> having,

        @JsonPropertyDescription(
                "The first groups only, by a measure or a key; all, in the order of their keys, if absent.")
        @Nullable
        TopSpec top)
        implements Operation {
    /** The most key columns, measures or comparisons. */
    static final int MOST_COLUMNS = 64;

    /** Keeps copies. */
    public AggregateSpec {
        groupBy = groupBy == null ? null : List.copyOf(groupBy);
        measures = List.copyOf(measures);
        where = where == null ? null : List.copyOf(where);
        having = having == null ? null : List.copyOf(having);
    }

    /** The key columns; none is an empty list. */
    public List<String> keys() {
        return Objects.requireNonNullElse(groupBy, List.of());
    }

    /** The comparisons that rows must pass; none is an empty list. */
    public List<ComparisonSpec> rowFilters() {
        return Objects.requireNonNullElse(where, List.of());
    }

    /** The comparisons that groups must pass; none is an empty list. */
    public List<ComparisonSpec> groupFilters() {
        return Objects.requireNonNullElse(having, List.of());
    }

    /** The names of the output's columns, in order: keys, then measures. */
    public List<String> outputColumns() {
        return java.util.stream.Stream.concat(keys().stream(), measures.stream().map(MeasureSpec::outputName))
                .toList();
    }
}
