package io.filejob.spec.aggregate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.spec.ComparisonSpec;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.Operation;
import io.filejob.spec.TimestampSpec;
import io.filejob.spec.average.AverageSpec;
import io.filejob.validation.CheckedBy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Groups rows by key columns and computes exact measures of each group. */
@JsonPropertyOrder({"groupBy", "measures", "where", "having", "top", "timestamps"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(AggregateRules.class)
public record AggregateSpec(
        @JsonPropertyDescription("The key columns, by name or by position (#2). If absent, all rows form one group.")
        @Size(max = AggregateSpec.MAX_COLUMNS)
        @Nullable
        List<@Size(max = AverageSpec.MAX_COLUMN_LENGTH) String> groupBy,

        @JsonPropertyDescription("The measures computed for each group.")
        @Required
        @Size(max = AggregateSpec.MAX_COLUMNS)
        List<MeasureSpec> measures,

        @JsonPropertyDescription("Conditions on input rows. A row is used only if it satisfies all of them.")
        @Size(max = AggregateSpec.MAX_COLUMNS)
        @Nullable
        List<@CheckedBy(RowFilterRules.class) ComparisonSpec> where,

        @JsonPropertyDescription("Conditions on groups. A group is output only if it satisfies all of them.")
        @Size(max = AggregateSpec.MAX_COLUMNS)
        @Nullable
        List<ComparisonSpec> having,

        @JsonPropertyDescription(
                "Limits the output to the first groups, ranked by a measure or a key. If absent, all groups are output in key order.")
        @Nullable
        TopSpec top,

        @JsonPropertyDescription(
                "Columns with dates or times: as keys they are truncated, and comparisons and measures of type date use their day.")
        @Size(max = AggregateSpec.MAX_COLUMNS)
        @Nullable
        List<TimestampSpec> timestamps)
        implements Operation {
    /** The maximum number of key columns, of measures, and of comparisons in each list. */
    public static final int MAX_COLUMNS = 32;

    /** Copies the lists. */
    public AggregateSpec {
        groupBy = groupBy == null ? null : List.copyOf(groupBy);
        measures = List.copyOf(measures);
        where = where == null ? null : List.copyOf(where);
        having = having == null ? null : List.copyOf(having);
        timestamps = timestamps == null ? null : List.copyOf(timestamps);
    }

    /** Creates an aggregation without timestamps. */
    public AggregateSpec(
            @Nullable List<String> groupBy,
            List<MeasureSpec> measures,
            @Nullable List<ComparisonSpec> where,
            @Nullable List<ComparisonSpec> having,
            @Nullable TopSpec top) {
        this(groupBy, measures, where, having, top, null);
    }

    /** Returns the columns with timestamps, or an empty list if there are none. */
    public List<TimestampSpec> timestampColumns() {
        return Objects.requireNonNullElse(timestamps, List.of());
    }

    /** Returns how the timestamps of {@code column} are read; empty if it has none. */
    public Optional<TimestampSpec> timestamp(String column) {
        return timestampColumns().stream()
                .filter(timestamp -> timestamp.column().equals(column))
                .findFirst();
    }

    /** Returns the key columns, or an empty list if there are none. */
    public List<String> keys() {
        return Objects.requireNonNullElse(groupBy, List.of());
    }

    /** Returns the conditions on rows, or an empty list if there are none. */
    public List<ComparisonSpec> rowFilters() {
        return Objects.requireNonNullElse(where, List.of());
    }

    /** Returns the conditions on groups, or an empty list if there are none. */
    public List<ComparisonSpec> groupFilters() {
        return Objects.requireNonNullElse(having, List.of());
    }

    /** Returns the names of the output columns in order: keys, then measures. */
    public List<String> outputColumns() {
        return Stream.concat(keys().stream(), measures.stream().map(MeasureSpec::outputName))
                .toList();
    }
}
