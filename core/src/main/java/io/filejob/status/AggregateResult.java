package io.filejob.status;

import java.util.List;

/**
 * The result of an aggregation.
 *
 * @param groups the number of output rows, one per group
 * @param columns the names of the output columns
 * @param rows the first output rows, at most {@link JobResult#MAX_ROWS}, as lists of fields
 * @param output the output
 */
public record AggregateResult(long groups, List<String> columns, List<List<String>> rows, ResultOutput output)
        implements JobResult {
    @Override
    public AggregateResult with(ResultOutput written) {
        return new AggregateResult(groups, columns, rows, written);
    }

    @Override
    public ResultFields fields() {
        return new ResultFields(this);
    }
}
