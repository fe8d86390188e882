package io.filejob.op;

import io.filejob.job.Coverage;
import io.filejob.job.SliceResult;
import io.filejob.job.Stage;
import java.util.OptionalLong;

/** Does the slices of a job, one call each. An instance serves one thread; what it holds goes with {@link #close}. */
public interface SliceWork extends AutoCloseable {
    /**
     * Does slice {@code slice} of the input. {@code start} is where its first record is known to begin, if that is known.
     * The result is the same whoever does it and whenever. {@link io.filejob.model.JobFailure} if the input cannot be
     * read or is not what was planned.
     */
    SliceResult run(int slice, OptionalLong start);

    /**
     * Does slice {@code slice} of a later stage, from the results of the stages before it, which {@code covered} covers.
     * The result is the same whoever does it and whenever.
     */
    SliceResult later(Stage stage, int slice, Coverage covered);

    /** All of the job is committed: what its stages have handed to each other may go. */
    default void finished() {}

    @Override
    void close();
}
