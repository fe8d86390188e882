package io.filejob.engine;

import io.filejob.coverage.Coverage;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.Stage;
import java.util.OptionalLong;

/**
 * Processes the slices of a job, one call each. No result depends on the worker, the time or earlier calls. An instance
 * serves one thread; {@link #close} releases its resources.
 */
public interface SliceWork extends AutoCloseable {
    /**
     * Processes slice {@code slice} of the input. {@code start} is the position of its first record, if it is known.
     * Throws {@link io.filejob.failure.JobFailedException} if the input cannot be read or has changed since it was planned.
     */
    SliceResult map(int slice, OptionalLong start);

    /**
     * Processes slice {@code slice} of the reduce stage {@code stage} from the results of the map stage, which {@code
     * covered} holds. It is called only if the plan has a reduce stage.
     */
    default SliceResult reduce(Stage stage, int slice, Coverage covered) {
        throw new IllegalStateException("the operation has no reduce stage");
    }

    /** Processes slice {@code slice}, the only one of the publish stage, from the results in {@code covered}. */
    SliceResult publish(int slice, Coverage covered);

    /** Processes slice {@code slice} of any {@code stage}; {@code start} is of use to the map stage only. */
    default SliceResult perform(Stage stage, int slice, OptionalLong start, Coverage covered) {
        return switch (stage.kind()) {
            case MAP -> map(slice, start);
            case REDUCE -> reduce(stage, slice, covered);
            case PUBLISH -> publish(slice, covered);
        };
    }

    /**
     * Deletes the data that stages have passed to each other, and data that no result in {@code committed} refers to; to be
     * called when the whole job is committed.
     */
    default void cleanUp(Coverage committed) {}

    /** Releases resources; by default there are none but memory. */
    @Override
    default void close() {}
}
