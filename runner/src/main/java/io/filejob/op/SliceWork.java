package io.filejob.op;

import io.filejob.job.Coverage;
import io.filejob.job.SliceResult;
import io.filejob.job.Stage;
import java.util.OptionalLong;

/**
 * Processes the slices of a job, one call each. An instance serves one thread; {@link #close} releases its resources.
 */
public interface SliceWork extends AutoCloseable {
    /**
     * Processes slice {@code slice} of the input. {@code start} is the position of its first record, if it is known.
     * The result does not depend on the worker or the time. Throws {@link io.filejob.model.JobFailedException} if the input
     * cannot be read or has changed since it was planned.
     */
    SliceResult run(int slice, OptionalLong start);

    /**
     * Processes slice {@code slice} of a later stage from the results of the earlier stages, which {@code covered}
     * holds. The result does not depend on the worker or the time.
     */
    SliceResult later(Stage stage, int slice, Coverage covered);

    /** Deletes the data that stages have passed to each other; to be called when the whole job is committed. */
    default void finished() {}

    @Override
    void close();
}
