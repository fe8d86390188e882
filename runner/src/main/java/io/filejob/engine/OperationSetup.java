package io.filejob.engine;

import io.filejob.api.FileJobSpec;
import io.filejob.csv.OnBad;
import io.filejob.file.Folder;
import io.filejob.plan.Plan;
import io.filejob.spec.OnBadRecord;
import io.filejob.storage.Storage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The context for processing the slices of a job.
 *
 * @param spec the spec of the job
 * @param plan the plan of that spec
 * @param job a name that identifies the job
 * @param storage the locations that the spec names
 * @param partials the job's own folder of partial results that are too large for ledgers; null if there is none
 * @param inlineBytes maximum size in bytes of the groups that a slice may leave in a ledger; if null, a limit derived
 * from the plan
 * @param scratch a folder for this attempt alone, which need not exist yet
 * @param attempt a name that identifies this attempt among all attempts of all workers
 * @param progress receives the items of a slice before they are begun
 */
public record OperationSetup(
        FileJobSpec spec,
        Plan plan,
        String job,
        Storage storage,
        @Nullable Folder partials,
        @Nullable Integer inlineBytes,
        Path scratch,
        String attempt,
        WorkInProgress progress) {
    /** Creates a context without a record of the progress. */
    public OperationSetup(
            FileJobSpec spec,
            Plan plan,
            String job,
            Storage storage,
            @Nullable Folder partials,
            @Nullable Integer inlineBytes,
            Path scratch,
            String attempt) {
        this(spec, plan, job, storage, partials, inlineBytes, scratch, attempt, _ -> {});
    }

    /** Returns how readers handle bad records. */
    public OnBad onBad() {
        return spec.onBadRecord() == OnBadRecord.SKIP ? OnBad.SKIP : OnBad.FAIL;
    }
}
