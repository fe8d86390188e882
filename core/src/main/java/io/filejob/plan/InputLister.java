package io.filejob.plan;

import java.util.List;

/** Lists input files. */
@FunctionalInterface
public interface InputLister {
    /**
     * Returns the files that the entries of {@code input.files} name, with their sizes and versions, in the order of the
     * plan. Throws {@link io.filejob.failure.JobFailedException} if there are none, or if they cannot be listed.
     */
    List<InputFile> list(List<String> entries);
}
