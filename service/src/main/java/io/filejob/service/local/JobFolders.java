package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.file.IoReason;
import io.filejob.service.local.JobEntry.QueueState;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.io.IOException;
import java.util.Optional;

/** Converts failures of the folders of jobs to problems. Thread-safe. */
final class JobFolders {
    private JobFolders() {}

    /** Work on the folder of a job. */
    interface FolderWork<T> {
        T call() throws IOException;
    }

    /** Returns the result of {@code work}; throws {@link ProblemException} if the folder cannot be used. */
    static <T> T reading(JobEntry job, FolderWork<T> work) {
        try {
            return work.call();
        } catch (IOException e) {
            if (job.state() == QueueState.DELETED) {
                throw missing(job.name());
            }
            throw unusable(job, e);
        }
    }

    /** Returns the problem of a request for a job that does not exist. */
    static ProblemException missing(String name) {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no job " + name);
    }

    /** Returns the job; empty if it has just been deleted. */
    static Optional<FileJob> find(JobEntry job) {
        try {
            return Optional.of(job.job());
        } catch (IOException e) {
            if (job.state() == QueueState.DELETED) {
                return Optional.empty();
            }
            throw unusable(job, e);
        }
    }

    private static ProblemException unusable(JobEntry job, IOException e) {
        return new ProblemException(
                ProblemType.INTERNAL, "the folder of job " + job.name() + " cannot be used: " + IoReason.of(e));
    }
}
