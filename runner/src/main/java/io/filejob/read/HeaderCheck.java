package io.filejob.read;

import java.util.List;

/** Decides whether the first record of a file is a header where no column in it is looked up by its name. */
@FunctionalInterface
public interface HeaderCheck {
    /** Takes every first record for a header. */
    HeaderCheck NONE = (_, _) -> {};

    /** {@link io.filejob.model.JobFailure} if the first record of {@code file}, which has those fields, may be a row. */
    void check(String file, List<String> names);
}
