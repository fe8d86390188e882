package io.filejob.storage.fetch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Failure of one attempt, for a reason that may be over when the next one begins. */
final class RetriableException extends Exception {
    private static final long serialVersionUID = 1;

    private final FetchProblem problem;
    private final Duration pause;

    /** Creates a failure after which the host gets no request for the duration of {@code pause}. */
    RetriableException(FetchProblem problem, String message, Duration pause, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
        this.pause = pause;
    }

    Duration pause() {
        return pause;
    }

    /** Returns the failure of the file after {@code attempts} attempts. */
    FetchException last(int attempts) {
        return new FetchException(problem, getMessage() + (attempts > 1 ? " (" + attempts + " attempts)" : ""), this);
    }
}
