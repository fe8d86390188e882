package io.filejob.csv;

import io.filejob.metrics.WorkCounters;
import io.filejob.metrics.WorkStep;

/** The times of the steps of reading one range, in nanoseconds. They are measured for batches, never for single rows. */
final class RangeTimes {
    private long parse;
    private long aggregate;
    private boolean isOnePass;

    /** Adds the times of a batch of rows. */
    void batch(long parsing, long aggregating) {
        parse += parsing;
        aggregate += aggregating;
    }

    /** Announces that simple records are parsed and aggregated in one pass. */
    void onePass() {
        isOnePass = true;
    }

    /** Counts a range that was read in {@code nanos} without the time of waiting for its bytes. */
    void count(long nanos) {
        WorkCounters counters = WorkCounters.ofProcess();
        counters.step(WorkStep.PARSE, parse);
        counters.step(WorkStep.AGGREGATE, aggregate);
        counters.step(
                isOnePass ? WorkStep.PARSE_AND_AGGREGATE : WorkStep.PARSE, Math.max(0, nanos - parse - aggregate));
    }
}
