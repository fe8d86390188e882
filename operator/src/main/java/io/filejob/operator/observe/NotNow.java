package io.filejob.operator.observe;

import java.time.Duration;

/** A job that must wait until there is memory, or time, to look at it. */
public final class NotNow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Duration wait;

    NotNow(Duration wait) {
        super("the ledgers of this job are read again in " + wait, null, false, false);
        this.wait = wait;
    }

    /** When to come again. */
    public Duration pause() {
        return wait;
    }
}
