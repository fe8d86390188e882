package io.filejob.read;

import java.util.Optional;

/** What is done with the good rows of CSV input. An instance serves one thread. */
public interface Rows {
    /** Uses all rows of {@code batch}, but for those that it {@linkplain Batch#reject rejects}. */
    void use(Batch batch);

    /** A short cut for records of so many columns of which those are wanted, if there is one. */
    default Optional<PlainScan> plain(int columns, int[] wanted) {
        return Optional.empty();
    }
}
