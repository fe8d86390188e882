package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operation applied to the input; exactly one member is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@OneOf({"average", "aggregate", "ingest"})
public record OperationSpec(
        @JsonPropertyDescription("Computes the mean of all numbers.") @Nullable
        AverageSpec average,

        @JsonPropertyDescription("Groups rows by keys and computes exact measures of each group.") @Nullable
        AggregateSpec aggregate,

        @JsonPropertyDescription("Loads rows into a PostgreSQL table.") @Nullable
        IngestSpec ingest) {
    /** Returns the member that is set. */
    public Operation chosen() {
        if (average != null) {
            return average;
        }
        return aggregate != null ? aggregate : Objects.requireNonNull(ingest);
    }
}
