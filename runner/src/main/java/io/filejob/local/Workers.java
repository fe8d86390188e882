package io.filejob.local;

import io.filejob.model.JobFailure;
import java.time.Duration;

/** W workers of one job on this machine, started again when they die. */
interface Workers {
    /**
     * Starts them and returns when one has found all of the job committed; {@link JobFailure} when the job cannot be
     * completed. For one thread.
     */
    void await() throws InterruptedException;

    /**
     * Ends those that still run. They have {@code grace} to finish the slice that they are at and to commit it. For any
     * thread, also while another one waits.
     */
    void stop(Duration grace);
}
