package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What to do with the input. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@OneOf({"average", "aggregate"})
public record OperationSpec(
        @JsonPropertyDescription("The mean of all numbers.") @Nullable
        AverageSpec average,

        @JsonPropertyDescription("Exact measures of groups of rows.") @Nullable
        AggregateSpec aggregate) {
    /** The member that is set. */
    public Operation chosen() {
        return average != null ? average : Objects.requireNonNull(aggregate);
    }
}
