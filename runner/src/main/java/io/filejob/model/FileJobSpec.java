package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * What to do.
 *
 * @param workers W, how many workers share the slices, 1 to {@value #MAX_WORKERS}; the result does not depend on it
 * @param onBadRecord what to do about a record that cannot be used
 * @param tolerated with {@code onBadRecord: skip}, how many bad records are too many; no limit if absent
 * @param input what to read
 * @param operation what to do with it
 * @param output where the result goes as a file; the status holds it in any case
 * @param store where the workers' ledgers are kept; a temporary folder if absent
 */
@JsonPropertyOrder({"workers", "onBadRecord", "tolerated", "input", "operation", "output", "store"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileJobSpec(
        @Default("1") @Min(1) @Max(FileJobSpec.MAX_WORKERS) @Nullable
        Integer workers,

        @Default("fail") @Nullable OnBadRecord onBadRecord,
        @Nullable Tolerated tolerated,
        @Required InputSpec input,
        @Required OperationSpec operation,
        @Nullable OutputSpec output,
        @Nullable StoreSpec store) {
    /** The most workers a job can have: an Indexed Job's limit on parallelism with many completions. */
    public static final int MAX_WORKERS = 10_000;

    /** The most slices a job may have: their results are held in memory when they are merged. */
    public static final int MAX_SLICES = 100_000;

    /** Fills in the defaults. */
    public FileJobSpec {
        workers = workers == null ? Integer.valueOf(1) : workers;
        onBadRecord = onBadRecord == null ? OnBadRecord.FAIL : onBadRecord;
    }

    /** W, with its default. */
    @Override
    public Integer workers() {
        return workers == null ? 1 : workers;
    }

    /** With its default. */
    @Override
    public OnBadRecord onBadRecord() {
        return onBadRecord == null ? OnBadRecord.FAIL : onBadRecord;
    }

    FileJobSpec withWorkers(int number) {
        return new FileJobSpec(number, onBadRecord, tolerated, input, operation, output, store);
    }

    /** The part that decides the result: the spec but for how many workers there are and where they keep their state. */
    public FileJobSpec decisive() {
        return new FileJobSpec(1, onBadRecord, tolerated, input, operation, output, null);
    }
}
