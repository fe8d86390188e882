package io.filejob.local;

import io.filejob.failure.JobFailedException;
import java.time.Duration;

/** The workers of one job on this machine, which are restarted after a crash. */
interface Workers {
    /**
     * Starts the workers and returns when one of them reports that the whole job is committed; throws {@link
     * JobFailedException} if the job cannot be completed. For one thread.
     */
    void await() throws InterruptedException;

    /**
     * Stops all workers. They have {@code grace} to finish and commit the current slice. For any thread, also during
     * {@link #await}.
     */
    void stop(Duration grace);

    /**
     * Stops all workers in less than half a second; they commit the slices that they have finished, but not the current
     * one. For any thread.
     */
    void stopAtOnce();
}
