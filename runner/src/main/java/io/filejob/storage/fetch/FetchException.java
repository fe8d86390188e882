package io.filejob.storage.fetch;

import org.jspecify.annotations.Nullable;

/** Failure to fetch one file, for a reason that concerns this file or its server only. The message does not name the file. */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1;

    private final FetchProblem problem;

    FetchException(FetchProblem problem, String message) {
        this(problem, message, null);
    }

    FetchException(FetchProblem problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** Returns the class of the reason. */
    public FetchProblem problem() {
        return problem;
    }
}
