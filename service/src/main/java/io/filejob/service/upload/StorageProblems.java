package io.filejob.service.upload;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Failures of the storage of uploads. */
public final class StorageProblems {
    private StorageProblems() {}

    /** Returns the problem for a full volume; any other failure is one of the service. */
    public static RuntimeException of(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no space left") || message.contains("quota exceeded")) {
            return new ProblemException(
                    ProblemType.STORAGE_FULL, "the storage of uploads is full; delete files, or try again later");
        }
        return new UncheckedIOException(e);
    }
}
