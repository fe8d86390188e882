package io.filejob.csv;

import java.util.Optional;

/** Consumer of the good rows of CSV input. An instance serves one thread. */
public interface RowConsumer {
    /** Processes all rows of {@code batch}, except those it {@linkplain Batch#reject rejects}. */
    void use(Batch batch);

    /** Returns a fast path for records with {@code columns} columns and the given wanted ones, if there is one. */
    default Optional<FastPath> plain(int columns, int[] wanted) {
        return Optional.empty();
    }
}
