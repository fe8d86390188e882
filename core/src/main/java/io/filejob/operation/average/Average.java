package io.filejob.operation.average;

import io.filejob.ledger.AveragePartial;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The exact mean of numbers.
 *
 * @param sum the exact sum
 * @param count how many numbers
 */
public record Average(BigDecimal sum, long count) {
    /** Adds up the partial sums of slices; their order does not matter. */
    public static Average of(Collection<AveragePartial> partials) {
        BigDecimal sum = BigDecimal.ZERO;
        long count = 0;
        for (AveragePartial part : partials) {
            sum = sum.add(new BigDecimal(part.sum()));
            count += part.count();
        }
        return new Average(sum, count);
    }

    /**
     * Returns the mean in plain notation, rounded once to IEEE 754 decimal128 (34 significant digits, half even),
     * without trailing zeros of a fraction; null if there are no numbers.
     */
    public @Nullable String mean() {
        if (count == 0) {
            return null;
        }
        BigDecimal mean = sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128);
        return mean.signum() == 0 ? "0" : mean.stripTrailingZeros().toPlainString();
    }

    /** Returns the content of the output file: one row, after a header if {@code header}. */
    public String csv(boolean header) {
        String mean = mean();
        return (header ? "average\n" : "") + (mean == null ? "" : mean) + "\n";
    }
}
