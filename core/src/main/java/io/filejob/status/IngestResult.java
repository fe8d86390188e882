package io.filejob.status;

import java.util.stream.LongStream;

/**
 * The result of an ingest. The counts add up to the rows used.
 *
 * @param inserted the number of rows inserted into the table
 * @param updated the number of table rows updated with other values
 * @param unchanged the number of rows that existed in the table with the same values
 * @param ignored the number of rows skipped because their key existed in the table
 * @param superseded the number of rows superseded by another input row with the same key
 * @param output the digest
 */
public record IngestResult(
        long inserted, long updated, long unchanged, long ignored, long superseded, ResultOutput output)
        implements JobResult {
    @Override
    public IngestResult with(ResultOutput written) {
        return new IngestResult(inserted, updated, unchanged, ignored, superseded, written);
    }

    @Override
    public ResultFields fields() {
        return new ResultFields(this);
    }

    /** Returns the sum of the counts. */
    long tableRows() {
        return LongStream.of(inserted, updated, unchanged, ignored, superseded).sum();
    }
}
