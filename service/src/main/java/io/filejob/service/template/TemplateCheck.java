package io.filejob.service.template;

import io.filejob.api.FileJob;
import io.filejob.engine.Operations;
import io.filejob.failure.JobFailedException;
import io.filejob.operation.FoundDelimiter;
import io.filejob.operation.Planner;
import io.filejob.operation.images.ImageListException;
import io.filejob.plan.Plan;
import io.filejob.service.problem.ProblemDetail;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.Storage;
import io.filejob.storage.temporary.TemporaryFolder;
import java.util.Locale;

/** Checks the uploaded file of a job before the job is created, as {@code filejob validate --input} does. */
public final class TemplateCheck {
    private TemplateCheck() {}

    /** Throws {@link ProblemException} with all problems of the input of {@code job}, which {@code storage} can read. */
    public static void check(FileJob job, Storage storage) {
        try (TemporaryFolder scratch = TemporaryFolder.create()) {
            Plan plan = Planner.plan(job.spec(), storage);
            Operations.checkInput(FoundDelimiter.applied(job.spec(), plan), plan.slicing(), storage, scratch.path());
        } catch (ImageListException e) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    String.format(Locale.ROOT, "the file has problems (%,d); nothing was started", e.number()),
                    e.records().stream()
                            .map(bad -> new ProblemDetail(bad.reason(), null, bad.line(), bad.column(), bad.text()))
                            .toList());
        } catch (JobFailedException e) {
            throw new ProblemException(ProblemType.INVALID, "the file cannot be used: " + e.getMessage());
        }
    }
}
