package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.failure.JobFailedException;
import io.filejob.operation.Planner;
import io.filejob.plan.Plan;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.Storage;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import java.nio.file.Path;
import java.util.List;

/** Plans jobs of this machine from their current input. */
final class LocalPlan {
    private LocalPlan() {}

    /** Returns the plan of {@code job}, with relative paths in {@code folder}. */
    static Plan of(FileJob job, Path folder, Secrets secrets) {
        try (Storage storage = Storage.of(job.spec(), folder, secrets, Mounts.of(List.of()))) {
            return Planner.plan(job.spec(), storage);
        } catch (JobFailedException e) {
            throw new ProblemException(ProblemType.CONFLICT, "the job has no plan: " + e.getMessage());
        }
    }
}
