package io.filejob.local;

import io.filejob.model.JobFailure;

/** W workers of one job on this machine, started again when they die. */
interface Workers {
    /**
     * Starts them and returns when one has found all of the job committed; {@link JobFailure} when the job cannot be
     * completed. For one thread.
     */
    void await() throws InterruptedException;

    /** Ends those that still run, letting them commit what they have finished. For any thread, also while others wait. */
    void stop();
}
