package io.filejob.worker;

import io.filejob.api.FileJobSpec;
import io.filejob.engine.OperationSetup;
import io.filejob.engine.WorkInProgress;
import io.filejob.file.Folder;
import io.filejob.operation.FoundDelimiter;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import io.filejob.storage.state.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The context of a worker.
 *
 * @param spec the spec of the job
 * @param plan the plan of that spec
 * @param store the store of the ledgers of all workers of the job
 * @param storage the locations that the spec names
 * @param partials the folder of partial results that are too large for ledgers; null if there is none
 * @param inlineBytes maximum size in bytes of the groups that a slice may leave in a ledger; if null, a limit derived
 * from the plan
 * @param identity the identity of this worker
 * @param scratch a folder for this attempt alone, which need not exist yet; it is deleted at the end
 * @param inFlight receives each slice before it is begun
 * @param clock determines when ledgers are due and delays end
 */
public record WorkerSetup(
        FileJobSpec spec,
        Plan plan,
        StateStore store,
        Storage storage,
        @Nullable Folder partials,
        @Nullable Integer inlineBytes,
        Identity identity,
        Path scratch,
        WorkInProgress inFlight,
        Clock clock) {
    /**
     * Identifies an attempt of a worker.
     *
     * @param index from 0; a worker with an index of W or more, in a job that now has fewer workers, only helps the
     * others
     * @param workers the number of workers W at the start; the store may know a later one
     * @param attempt a name that identifies this attempt among all attempts of all workers
     */
    public record Identity(int index, int workers, String attempt) {}

    /** Returns the context for processing slices. */
    public OperationSetup operation() {
        return new OperationSetup(
                FoundDelimiter.applied(spec, plan),
                plan,
                store.job(),
                storage,
                partials,
                inlineBytes,
                scratch,
                identity.attempt(),
                inFlight);
    }
}
