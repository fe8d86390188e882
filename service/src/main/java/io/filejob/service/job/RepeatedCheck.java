package io.filejob.service.job;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.time.Duration;

/** Checks at intervals that a caller may go on with a request that takes long. For one thread. */
public final class RepeatedCheck {
    private final Runnable check;
    private final long interval;
    private long last = System.nanoTime();

    /**
     * Creates a check that is due after {@code interval}.
     *
     * @param check throws {@link ProblemException} if the caller has no access; may block
     */
    public RepeatedCheck(Runnable check, Duration interval) {
        this.check = check;
        this.interval = interval.toNanos();
    }

    /**
     * Performs the check if it is due. Throws {@link ProblemException} if the caller is not known (401) or has no right (403)
     * any more. After another problem, such as an API server that does not respond, the request goes on until the next check.
     */
    public void performIfDue() {
        long now = System.nanoTime();
        if (now - last < interval) {
            return;
        }
        last = now;
        try {
            check.run();
        } catch (ProblemException e) {
            if (e.type() == ProblemType.UNAUTHORIZED || e.type() == ProblemType.FORBIDDEN) {
                throw e;
            }
        }
    }
}
