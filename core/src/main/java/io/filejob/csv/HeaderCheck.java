package io.filejob.csv;

import java.util.List;

/** Decides whether the first record of a file is a header if no column is looked up by its name. */
@FunctionalInterface
public interface HeaderCheck {
    /** Accepts every first record as a header. */
    HeaderCheck NONE = (_, _) -> {};

    /**
     * Throws {@link io.filejob.failure.JobFailedException} if the first record of {@code file}, with the fields {@code names},
     * may be a data row.
     */
    void check(String file, List<String> names);
}
