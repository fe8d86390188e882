package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.api.FileJobSpec;
import io.filejob.plan.Plan;
import io.filejob.service.ServiceSettings;
import io.filejob.service.job.Content;
import io.filejob.service.job.JobChange;
import io.filejob.service.job.JobName;
import io.filejob.service.job.JobPage;
import io.filejob.service.job.JobQuery;
import io.filejob.service.job.Jobs;
import io.filejob.service.job.ResultPart;
import io.filejob.service.job.WorkerProgress;
import io.filejob.service.local.JobEntry.QueueState;
import io.filejob.service.problem.ProblemDetail;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.Phase;
import io.filejob.storage.local.Secrets;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jobs in folders below a data folder, which run as processes, a limited number at once. They survive the end of this
 * process: the next one continues them. Thread-safe.
 */
public final class LocalJobs implements Jobs, AutoCloseable {
    private final DataFolder data;
    private final JobQueue queue;
    private final JobIndex index = new JobIndex();
    private final JobRuns runs;
    private final JobCreation creation;
    private final ExpiredJobs expired;
    private final WorkerLedgers ledgers = new WorkerLedgers();
    private final Thread shutdown;

    /** Opens the jobs of the data folder in {@code settings}, and continues the ones without an end. */
    public LocalJobs(ServiceSettings settings, Clock clock) {
        this.data = DataFolder.open(settings.local().data());
        this.queue = new JobQueue(settings.local().concurrentJobs());
        List<String> command = settings.local().command().orElseGet(RunnerCommand::ofThisProcess);
        this.runs = new JobRuns(queue, command, data.secrets(), clock);
        RequestKeys keys = new RequestKeys(data.keys());
        this.creation = new JobCreation(data.jobs(), keys, index, queue, clock);
        this.expired = new ExpiredJobs(index, keys, this::delete, settings.timeToLive(), clock);
        this.shutdown = new Thread(runs::beginClosing, "close-jobs");
        creation.load();
        Runtime.getRuntime().addShutdownHook(shutdown);
        runs.open();
        expired.open();
    }

    /** Deletes the jobs after their time to live. */
    void sweep() {
        expired.sweep();
    }

    private JobEntry find(JobName name) {
        JobEntry job = name.namespace().equals(JobName.LOCAL) ? index.find(name.name()) : null;
        if (job == null) {
            throw JobFolders.missing(name.name());
        }
        return job;
    }

    private static FileJob read(JobEntry job) {
        return JobFolders.reading(job, job::job);
    }

    @Override
    public JobPage list(JobQuery query) {
        if (query.namespace() != null && !query.namespace().equals(JobName.LOCAL)) {
            return new JobPage(List.of(), null);
        }
        JobIndex.EntryPage page = index.find(query);
        List<FileJob> items = new ArrayList<>();
        page.items().forEach(job -> JobFolders.find(job).ifPresent(items::add));
        return new JobPage(List.copyOf(items), page.next());
    }

    @Override
    public FileJob get(JobName name) {
        return read(find(name));
    }

    @Override
    public FileJob create(String namespace, FileJob job, @Nullable String key) {
        if (!namespace.equals(JobName.LOCAL)) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "there is no namespace " + namespace + " here; use " + JobName.LOCAL);
        }
        return read(creation.create(job, key));
    }

    @Override
    public FileJob update(JobName name, JobChange change, @Nullable String version) {
        JobEntry job = find(name);
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

    @Override
    public void delete(JobName name, @Nullable String version) {
        JobEntry job = find(name);
        changing(job, () -> {
            checkVersion(job, version);
            deleteStopped(job);
            return name;
        });
    }

    private void delete(JobEntry job) {
        changing(job, () -> {
            deleteStopped(job);
            return job;
        });
    }

    private void deleteStopped(JobEntry job) throws IOException {
        queue.remove(job);
        if (!job.isOver()) {
            job.folder().cancel();
        }
        JobRuns.stop(job);
        runs.cleanUp(job);
        index.remove(job);
        job.delete();
    }

    @Override
    public FileJob cancel(JobName name) {
        JobEntry job = find(name);
        return changing(job, () -> {
            requireUnended(job);
            job.folder().cancel();
            queue.remove(job);
            JobRuns.stop(job);
            synchronized (job) {
                if (job.state() != QueueState.ENDED) {
                    runs.cancel(job);
                }
            }
            return job.job();
        });
    }

    @Override
    public FileJob redrive(JobName name) {
        JobEntry job = find(name);
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
            job.folder().redrive();
            runs.queue(job);
            return job.job();
        });
    }

    @Override
    public Watch watch(JobName name, Consumer<@Nullable FileJob> listener) {
        JobEntry job = find(name);
        return JobFolders.reading(job, () -> job.watch(listener));
    }

    @Override
    public Content result(JobName name) {
        JobEntry job = find(name);
        return JobFolders.reading(
                job, () -> ResultFiles.output(job.job(), job.folder().path()));
    }

    @Override
    public List<ResultPart> parts(JobName name) {
        JobEntry job = find(name);
        return JobFolders.reading(
                job,
                () -> ResultFiles.list(ResultFiles.parts(job.job(), job.folder().path())));
    }

    @Override
    public Content part(JobName name, int number) {
        JobEntry job = find(name);
        return JobFolders.reading(
                job, () -> ResultFiles.part(job.job(), job.folder().path(), number));
    }

    @Override
    public Content rejects(JobName name) {
        JobEntry job = find(name);
        return JobFolders.reading(
                job, () -> ResultFiles.rejects(job.job(), job.folder().path()));
    }

    @Override
    public Content profile(JobName name) {
        JobEntry job = find(name);
        return JobFolders.reading(job, () -> ResultFiles.profile(job.name(), job.folder()));
    }

    @Override
    public Content image(JobName name, String file) {
        JobEntry job = find(name);
        return JobFolders.reading(
                job, () -> ResultFiles.image(job.job(), job.folder().path(), file));
    }

    @Override
    public List<WorkerProgress> workers(JobName name) {
        JobEntry job = find(name);
        JobProcess process = job.process();
        return JobFolders.reading(
                job,
                () -> ledgers.progress(
                        job.folder().store(),
                        job.folder().readManifest().spec().workers(),
                        process == null ? null : process.started()));
    }

    @Override
    public List<String> log(JobName name, int worker, int lines) {
        JobEntry job = find(name);
        return JobFolders.reading(job, () -> LogTail.lines(job.folder().log(), lines));
    }

    @Override
    public Secrets secrets(String namespace) {
        return Secrets.in(data.secrets());
    }

    @Override
    public Plan plan(JobName name) {
        return LocalPlan.of(get(name), find(name).folder().path(), secrets(name.namespace()));
    }

    /** Stops all processes; the next process of the service continues their jobs. */
    @Override
    public void close() {
        expired.close();
        runs.close();
        data.close();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdown);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook has run or is running.
            return;
        }
    }
}
