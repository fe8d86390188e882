package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Objects;

/**
 * Numbers added up.
 *
 * @param sum exact, without zeros at the end
 * @param count how many
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"sum", "count"})
public record AveragePartial(String sum, long count) implements Partial {
    /** What is damaged may lack the sum. */
    public AveragePartial {
        Objects.requireNonNull(sum);
    }
}
