package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.api.FileJobSpec;
import io.filejob.service.job.JobChange;
import io.filejob.service.local.JobEntry.QueueState;
import io.filejob.service.problem.ProblemDetail;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.Phase;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of jobs, those of one job one after the other. Thread-safe. */
final class JobUpdates {
    private final JobQueue queue;
    private final JobIndex index;
    private final JobRuns runs;

    JobUpdates(JobQueue queue, JobIndex index, JobRuns runs) {
        this.queue = queue;
        this.index = index;
        this.runs = runs;
    }

    /** Changes the manifest; a running job is stopped, and continues with the new one. */
    FileJob update(JobEntry job, JobChange change, @Nullable String version) {
        Integer workers = change.workers();
        if (workers != null && (workers < 1 || workers > FileJobSpec.MAX_WORKERS)) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "the change is not valid",
                    List.of(ProblemDetail.ofField(
                            "spec.workers", workers + " is not between 1 and " + FileJobSpec.MAX_WORKERS)));
        }
        return changing(job, () -> {
            checkVersion(job, version);
            requireUnended(job);
            FileJob before = job.folder().readManifest();
            FileJob after = workers == null ? before : before.withWorkers(workers);
            after = change.suspend() == null ? after : after.withSuspend(change.suspend());
            if (!after.equals(before)) {
                job.folder().writeManifest(after);
                apply(job, after.spec().suspend());
            }
            return job.job();
        });
    }

    private void apply(JobEntry job, boolean suspend) throws IOException {
        if (suspend) {
            queue.remove(job);
        }
        // The new manifest takes effect at the next start, which follows at once.
        JobRuns.stop(job);
        synchronized (job) {
            if (suspend && job.state() == QueueState.QUEUED) {
                job.become(QueueState.SUSPENDED);
            } else if (!suspend && job.state() == QueueState.SUSPENDED) {
                runs.queue(job);
            }
            job.publish();
        }
    }

    /** Makes changes of one request at a time. */
    private static <T> T changing(JobEntry job, JobFolders.FolderWork<T> change) {
        job.changes().lock();
        try {
            if (job.state() == QueueState.DELETED) {
                throw JobFolders.missing(job.name());
            }
            return JobFolders.reading(job, change);
        } finally {
            job.changes().unlock();
        }
    }

    private static void checkVersion(JobEntry job, @Nullable String version) throws IOException {
        if (version != null
                && !version.equals(job.job().metadata().path("resourceVersion").textValue())) {
            throw new ProblemException(
                    ProblemType.VERSION_CHANGED, "the job " + job.name() + " has changed since then; read it again");
        }
    }

    private static void requireUnended(JobEntry job) {
        if (job.isOver()) {
            throw new ProblemException(ProblemType.CONFLICT, "the job " + job.name() + " has ended");
        }
    }

    /** Stops a job, and deletes it with all of its data. */
    void delete(JobEntry job, @Nullable String version) {
        changing(job, () -> {
            checkVersion(job, version);
            deleteStopped(job);
            return job;
        });
    }

    private void deleteStopped(JobEntry job) throws IOException {
        job.beginDeletion();
        queue.remove(job);
        if (!job.isOver()) {
            job.folder().cancel();
        }
        JobRuns.stop(job);
        runs.cleanUp(job);
        index.remove(job);
        job.delete();
    }

    /** Stops a job for good. */
    FileJob cancel(JobEntry job) {
        return changing(job, () -> {
            requireUnended(job);
            job.folder().cancel();
            queue.remove(job);
            JobRuns.stop(job);
            synchronized (job) {
                if (!job.isOver()) {
                    runs.cancel(job);
                }
            }
            return job.job();
        });
    }

    /** Does the failed part of an ended job again. */
    FileJob redrive(JobEntry job) {
        return changing(job, () -> {
            JobRuns.awaitEnd(job);
            FileJob before = job.job();
            if (!job.isOver() || before.status() == null) {
                throw new ProblemException(ProblemType.CONFLICT, "the job " + job.name() + " has not ended yet");
            }
            if (before.status().phase() == Phase.COMPLETE
                    && (before.status().result() == null
                            || before.status().result().failures() == 0)) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "the job " + job.name() + " is complete, and no part of it has failed");
            }
            synchronized (job) {
                if (job.process() != null) {
                    throw new ProblemException(
                            ProblemType.CONFLICT, "the receiver of the callback is just being called; try again");
                }
                job.folder().redrive();
                runs.queue(job);
            }
            return job.job();
        });
    }
}
