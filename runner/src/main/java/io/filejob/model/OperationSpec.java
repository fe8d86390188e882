package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What to do with the input. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@OneOf({"average", "aggregate", "ingest"})
public record OperationSpec(
        @JsonPropertyDescription("The mean of all numbers.") @Nullable
        AverageSpec average,

        @JsonPropertyDescription("Exact measures of groups of rows.") @Nullable
        AggregateSpec aggregate,

        @JsonPropertyDescription("Rows into a PostgreSQL table.") @Nullable
        IngestSpec ingest) {
    /** The member that is set. */
    public Operation chosen() {
        if (average != null) {
            return average;
        }
        return aggregate != null ? aggregate : Objects.requireNonNull(ingest);
    }
}
