package io.filejob.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a range. Where {@link #startCertain} is false, all of it holds only if the range before ends at
 * {@link #start}; otherwise the range is to be read again from where that ends, and this outcome, {@link #failure}
 * included, means nothing.
 *
 * @param start where the first record of the range was taken to start, 0 for the range that begins at 0; {@link #end}
 *     if the range has none
 * @param end where the first record after the range starts, the file's size after the last one: where the next range
 *     must start; -1 after a failure
 * @param startCertain false if the start was guessed
 * @param lines physical line breaks in {@code [start, end)}
 * @param rowsIn rows of the range, the header not counted
 * @param rowsUsed rows whose number was added
 * @param rowsRejected bad records
 * @param samples the first {@value #SAMPLE_LIMIT} bad records, in file order
 * @param failure what stopped the reading: a bad record under {@link OnBad#FAIL}, or, always, a quote that is never
 *     closed and a record that is too long; null if nothing did
 */
public record RangeOutcome(
        long start,
        long end,
        boolean startCertain,
        long lines,
        long rowsIn,
        long rowsUsed,
        long rowsRejected,
        List<BadRecord> samples,
        @Nullable BadRecord failure) {
    /** Most {@link #samples}. */
    public static final int SAMPLE_LIMIT = 10;
}
