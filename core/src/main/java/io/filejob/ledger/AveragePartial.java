package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.regex.Pattern;

/**
 * The sum and count of numbers.
 *
 * @param sum the exact sum, without trailing zeros
 * @param count how many numbers
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"sum", "count"})
public record AveragePartial(String sum, long count) implements Partial {
    /** More digits than the sum of any numbers that a record can hold. */
    private static final Pattern SUM = Pattern.compile("-?[0-9]{1,5000}([.][0-9]{1,5000})?(E[+-]?[0-9]{1,4})?");

    /** Refuses values that no slice has, as forged ledgers may have them. */
    public AveragePartial {
        if (count < 0 || !SUM.matcher(sum).matches()) {
            throw new IllegalArgumentException("not the sum of numbers");
        }
    }
}
