package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Objects;

/**
 * The sum and count of numbers.
 *
 * @param sum the exact sum, without trailing zeros
 * @param count how many numbers
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"sum", "count"})
public record AveragePartial(String sum, long count) implements Partial {
    /** Accepts a missing sum, as damaged ledgers may have one. */
    public AveragePartial {
        Objects.requireNonNull(sum);
    }
}
