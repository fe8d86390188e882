package io.filejob.cli;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.validation.InvalidManifestException;
import io.filejob.validation.Problem;
import java.util.List;

/** Thrown when a file is not a valid manifest. The message has all problems with their lines and columns. */
final class InvalidFileException extends JobFailedException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidFileException(String file, String text, List<Problem> problems, InvalidManifestException cause) {
        super(ExitCode.BAD_MANIFEST, ManifestProblems.text(file, text, problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems, at least one. */
    List<Problem> problems() {
        return problems;
    }
}
