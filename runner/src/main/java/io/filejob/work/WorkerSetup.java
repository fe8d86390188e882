package io.filejob.work;

import io.filejob.job.Plan;
import io.filejob.model.FileJobSpec;
import io.filejob.op.OperationSetup;
import io.filejob.storage.Folder;
import io.filejob.storage.Places;
import io.filejob.storage.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a worker needs to know.
 *
 * @param spec what to do
 * @param plan the plan of that spec
 * @param store where all workers of the job keep their ledgers
 * @param places the places that the spec names
 * @param partials where partial results go that are too large for ledgers; null if there is no such place
 * @param inlineBytes how many bytes of groups a slice may leave in a ledger; as many as is good if null
 * @param identity which worker this is
 * @param scratch a folder of this attempt's own, which need not be there yet; it is removed at the end
 * @param inFlight told the number of each slice before it is begun
 * @param clock when ledgers are due and patience ends
 */
public record WorkerSetup(
        FileJobSpec spec,
        Plan plan,
        StateStore store,
        Places places,
        @Nullable Folder partials,
        @Nullable Integer inlineBytes,
        Identity identity,
        Path scratch,
        IntConsumer inFlight,
        Clock clock) {
    /**
     * Which worker.
     *
     * @param index from 0; one of W or more, of a job that has fewer workers now, only helps the others
     * @param workers W at the start; the store may know a later one
     * @param attempt names this attempt, unlike any other of any worker
     */
    public record Identity(int index, int workers, String attempt) {}

    /** What its slices are done with. */
    public OperationSetup operation() {
        return new OperationSetup(spec, plan, store.job(), places, partials, inlineBytes, scratch, identity.attempt());
    }
}
