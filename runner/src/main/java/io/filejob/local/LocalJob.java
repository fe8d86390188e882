package io.filejob.local;

import io.filejob.job.Plan;
import io.filejob.model.FileJob;
import io.filejob.storage.Folder;
import io.filejob.storage.Places;
import io.filejob.storage.StateStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A job as it runs on this machine.
 *
 * @param job the job
 * @param plan its plan
 * @param workers how many workers share it
 * @param store where their ledgers are
 * @param storeFolder that store's folder
 * @param base what relative places of the spec are below
 * @param places the places that the spec names
 * @param partials where partial results go that are too large for ledgers
 * @param inlineBytes how many bytes of groups a slice may leave in a ledger; as many as is good if null
 * @param scratch for what does not outlive the run
 */
record LocalJob(
        FileJob job,
        Plan plan,
        int workers,
        StateStore store,
        Path storeFolder,
        Path base,
        Places places,
        Folder partials,
        @Nullable Integer inlineBytes,
        Path scratch) {}
