package io.filejob.op;

import io.filejob.job.Plan;
import io.filejob.model.FileJobSpec;
import io.filejob.storage.Folder;
import io.filejob.storage.Places;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the slices of a job are done with.
 *
 * @param spec what to do
 * @param plan the plan of that spec
 * @param job names the job, unlike any other
 * @param places the places that the spec names
 * @param partials where partial results go that are too large for ledgers: the job's alone; null if there is no such place
 * @param inlineBytes how many bytes of groups a slice may leave in a ledger; as many as is good if null
 * @param scratch a folder of this attempt's own, which need not be there yet
 * @param attempt names this attempt, unlike any other of any worker
 */
public record OperationSetup(
        FileJobSpec spec,
        Plan plan,
        String job,
        Places places,
        @Nullable Folder partials,
        @Nullable Integer inlineBytes,
        Path scratch,
        String attempt) {}
