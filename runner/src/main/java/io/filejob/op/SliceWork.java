package io.filejob.op;

import io.filejob.job.SliceResult;
import java.util.OptionalLong;

/** Does slices of the input, one call each. An instance serves one thread; what it holds goes with {@link #close}. */
public interface SliceWork extends AutoCloseable {
    /**
     * Does slice {@code slice}. {@code start} is where its first record is known to begin, if that is known. The result
     * is the same whoever does it and whenever. {@link io.filejob.model.JobFailure} if the input cannot be read or is
     * not what was planned.
     */
    SliceResult run(int slice, OptionalLong start);

    @Override
    void close();
}
