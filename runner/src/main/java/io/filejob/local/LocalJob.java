package io.filejob.local;

import io.filejob.job.Plan;
import io.filejob.model.FileJob;
import io.filejob.storage.Folder;
import io.filejob.storage.Places;
import io.filejob.storage.StateStore;
import java.nio.file.Path;

/**
 * A job as it runs on this machine.
 *
 * @param job the job
 * @param plan its plan
 * @param workers how many workers share it
 * @param store where their ledgers are
 * @param storePlace that store's path or URI
 * @param options how it runs
 * @param places the places that the spec names
 * @param partials where partial results go that are too large for ledgers
 * @param scratch for what does not outlive the run
 */
record LocalJob(
        FileJob job,
        Plan plan,
        int workers,
        StateStore store,
        String storePlace,
        LocalOptions options,
        Places places,
        Folder partials,
        Path scratch) {}
