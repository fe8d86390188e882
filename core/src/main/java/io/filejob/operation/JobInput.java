package io.filejob.operation;

import io.filejob.csv.ByteSource;
import io.filejob.plan.InputFile;
import io.filejob.plan.InputLister;

/** The input of a job, which a plan is made of. */
public interface JobInput extends InputLister {
    /**
     * Opens the content of {@code file}, unpacked if it is compressed. Throws {@link
     * io.filejob.failure.JobFailedException} if it cannot be opened.
     */
    ByteSource open(InputFile file);
}
