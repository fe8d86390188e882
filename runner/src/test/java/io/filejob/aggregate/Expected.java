package io.filejob.aggregate;

import io.filejob.status.RejectedRecord;
import io.filejob.status.RowCounts;
import java.util.List;

/**
 * The expected outcome of a job.
 *
 * @param failures possible failure messages if the job fails, the first being that of a single worker; empty if it
 *     succeeds
 * @param rows row counts of all files
 * @param groups number of output rows
 * @param firstRows the first ten output rows as shown by the status
 * @param output the output file, a {@link ByteText}
 * @param samples the first ten bad records
 * @param rejects the file of all bad records, a {@link ByteText}
 */
record Expected(
        List<String> failures,
        RowCounts rows,
        long groups,
        List<List<String>> firstRows,
        String output,
        List<RejectedRecord> samples,
        String rejects) {}
