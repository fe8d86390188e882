package io.filejob.aggregate;

import io.filejob.model.RejectedRecord;
import io.filejob.model.RowCounts;
import java.util.List;

/**
 * What a job must come to.
 *
 * @param failures if there are any, it fails with one of these messages, a single worker with the first
 * @param rows of all files
 * @param groups how many rows are put out
 * @param firstRows the first ten of them as the status shows them
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
