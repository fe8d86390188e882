package io.filejob.engine;

import io.filejob.api.FileJobSpec;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.RefreshedTable;
import io.filejob.plan.FileSlicing;
import io.filejob.spec.Operation;
import io.filejob.storage.Storage;
import java.nio.file.Path;
import java.util.List;

/**
 * The work of an operation on the slices of a job. To add one, implement this interface in a package of its own and list
 * the class in {@code META-INF/services/io.filejob.engine.OperationEngine}; the plan and the merge see the operation as an
 * {@link io.filejob.operation.OperationType}. Engines have no state, so any thread may use them.
 *
 * @param <S> the record of the operation's settings
 */
public interface OperationEngine<S extends Operation> {
    /** Returns the record of the operation's settings. */
    Class<S> settings();

    /** Returns the work on the slices of a job, for one thread. */
    SliceWork slices(S settings, OperationSetup setup);

    /**
     * Checks input files, and the target of the result if it is a database, before any work. Throws {@link
     * JobFailedException} if they are not usable.
     */
    void check(S settings, FileJobSpec spec, FileSlicing files, Storage storage, Path scratch);

    /**
     * Checks input files alone: their beginnings or, if rows depend on each other, all rows. Throws {@link
     * JobFailedException} with all problems if they are not usable.
     */
    default void checkInput(S settings, FileJobSpec spec, FileSlicing files, Storage storage, Path scratch) {
        check(settings, spec, files, storage, scratch);
    }

    /** Returns the data of {@code job} outside of its store, for example in a database. */
    default ExternalData data(S settings, FileJobSpec spec, String job, Storage storage, Path scratch) {
        return ExternalData.NONE;
    }

    /**
     * Rebuilds everything that is derived from the results of earlier jobs, and returns the rebuilt tables.
     * Throws {@link JobFailedException} if there are none.
     */
    default List<RefreshedTable> refresh(S settings, FileJobSpec spec, Storage storage, Path scratch) {
        throw new JobFailedException(ExitCode.BAD_MANIFEST, NOTHING_TO_REFRESH);
    }

    /** The message about a job without tables to rebuild. */
    String NOTHING_TO_REFRESH = "spec.operation.ingest.aggregates: there are none, so nothing can be refreshed";
}
