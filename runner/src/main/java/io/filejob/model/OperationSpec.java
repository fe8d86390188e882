package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What to do with the input. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@OneOf("average")
public record OperationSpec(
        @JsonPropertyDescription("The mean of all numbers.") @Nullable
        AverageSpec average) {
    /** The member that is set. */
    public Operation chosen() {
        return Objects.requireNonNull(average);
    }
}
