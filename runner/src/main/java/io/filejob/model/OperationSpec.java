package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to do with the input; exactly one member is set.
 *
 * @param average the mean of all numbers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationSpec(@Nullable AverageSpec average) {
    /** The member that is set. */
    public Operation chosen() {
        return Objects.requireNonNull(average);
    }
}
