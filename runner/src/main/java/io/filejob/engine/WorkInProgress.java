package io.filejob.engine;

import io.filejob.ledger.SliceResult;
import io.filejob.plan.Stage;
import java.time.Instant;
import java.util.Set;

/** The record of a worker's progress that survives its death, so that work that kills workers is found. */
@FunctionalInterface
public interface WorkInProgress {
    /** Records that {@code slice} begins. */
    void begin(int slice);

    /**
     * Records that {@code bytes} more of the data of the current slice have been read: of the stored input, or of results
     * of earlier stages. May be called from any thread.
     */
    default void read(long bytes) {}

    /** Records that a slice of {@code stage} has ended with {@code result}, also if that holds the failure of the job. */
    default void finished(Stage stage, SliceResult result, Instant begun, Instant ended) {}

    /** Records that a slice of {@code stage} has ended with an exception. */
    default void failed(Stage stage, int slice, Instant begun, Instant ended, RuntimeException problem) {}

    /** Records that an item of the current slice, such as an image, begins; one that might kill the process. */
    default void beginItem(int item) {}

    /** Records that the item has ended. */
    default void endItem() {}

    /** Returns the items of {@code slice} that have killed workers and are not to be tried again. */
    default Set<Integer> crashed(int slice) {
        return Set.of();
    }
}
