package io.filejob.status;

import org.jspecify.annotations.Nullable;

/**
 * The result of an average.
 *
 * @param average the mean as a decimal in plain notation; null if there were no numbers
 * @param output the output
 */
public record AverageResult(@Nullable String average, ResultOutput output) implements JobResult {
    @Override
    public AverageResult with(ResultOutput written) {
        return new AverageResult(average, written);
    }

    @Override
    public ResultFields fields() {
        return new ResultFields(this);
    }
}
