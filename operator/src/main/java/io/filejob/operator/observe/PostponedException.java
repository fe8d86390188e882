package io.filejob.operator.observe;

import java.time.Duration;

/** Thrown if a job has to wait for memory, or for its next interval, before it is reconciled. */
public final class PostponedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Duration wait;

    PostponedException(Duration wait) {
        super("the ledgers of this job are read again in " + wait, null, false, false);
        this.wait = wait;
    }

    /** Returns the delay before the next attempt. */
    public Duration pause() {
        return wait;
    }
}
