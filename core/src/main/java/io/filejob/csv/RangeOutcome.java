package io.filejob.csv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of reading a range. If {@link #startCertain} is false, the outcome is valid only if the previous range
 * ends at {@link #start}; otherwise it has to be discarded, {@link #failure} included, and the range has to be read
 * again from the end of the previous one.
 *
 * @param start assumed start of the first record of the range, 0 for the range that begins at 0; {@link #end} if the
 *     range has no record
 * @param end start of the first record after the range, which is the required start of the next range; the file's size
 *     after the last record; -1 after a failure
 * @param startCertain false if the start was guessed
 * @param lines physical line breaks in {@code [start, end)}
 * @param rowsIn rows of the range, not counting the header
 * @param rowsUsed rows with a number that was added
 * @param rowsRejected bad records
 * @param samples the first {@value #MAX_SAMPLE} bad records, in file order
 * @param failure the record that stopped reading: a bad record under {@link OnBad#FAIL}; under any policy, a quote that
 *     is never closed or a record that is too long; null if reading was not stopped
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
    /** Maximum number of {@link #samples}. */
    public static final int MAX_SAMPLE = 10;
}
