package io.filejob.local;

import io.filejob.api.FileJob;
import io.filejob.file.Folder;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import io.filejob.storage.state.StateStore;
import java.nio.file.Path;

/**
 * A job that runs on this machine.
 *
 * @param job the job
 * @param plan its plan
 * @param workers the number of workers that share it
 * @param store the store of their ledgers
 * @param storePlace that store's path or URI
 * @param options the options of the run
 * @param storage the locations that the spec names
 * @param partials the folder of partial results that are too large for ledgers
 * @param scratch the folder of files that do not outlive the run
 * @param inFlight receives the bytes that workers read
 */
record LocalJob(
        FileJob job,
        Plan plan,
        int workers,
        StateStore store,
        String storePlace,
        LocalOptions options,
        Storage storage,
        Folder partials,
        Path scratch,
        SlicesInFlight inFlight) {}
