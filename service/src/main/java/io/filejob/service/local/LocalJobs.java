package io.filejob.service.local;

import io.filejob.api.FileJob;
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
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.local.Secrets;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jobs in folders below a data folder, which run as processes, a limited number at once. They survive the end of this
 * process: the next one continues them. Thread-safe.
 */
public final class LocalJobs implements Jobs, AutoCloseable {
    private final DataFolder data;
    private final JobIndex index = new JobIndex();
    private final JobQueue queue;
    private final JobRuns runs;
    private final JobCreation creation;
    private final JobUpdates updates;
    private final ExpiredJobs expired;
    private final JobObjects objects;
    private final WorkerLedgers ledgers = new WorkerLedgers();
    private final Thread shutdown;

    /** Opens the jobs of the data folder in {@code settings}, and continues the ones without an end. */
    public LocalJobs(ServiceSettings settings, Clock clock) {
        this.data = DataFolder.open(settings.local().data());
        this.queue = new JobQueue(settings.local().concurrentJobs());
        List<String> command = settings.local().command().orElseGet(RunnerCommand::ofThisProcess);
        this.runs = new JobRuns(queue, command, data.secrets(), clock);
        this.updates = new JobUpdates(queue, index, runs);
        RequestKeys keys = new RequestKeys(data.keys());
        this.creation = new JobCreation(data.jobs(), keys, index, queue, clock);
        this.expired = new ExpiredJobs(index, keys, job -> updates.delete(job, null), settings.timeToLive(), clock);
        this.objects = new JobObjects(data.secrets(), settings.local().directDownloads());
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

    /** Returns the numbers of jobs that wait and run. */
    Map<String, Integer> counts() {
        return queue.counts();
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
    public void authenticate() {
        // The token of this machine is valid as long as the process.
    }

    @Override
    public void authorizeUpload(String namespace) {
        if (!namespace.equals(JobName.LOCAL)) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "there is no namespace " + namespace + " here; use " + JobName.LOCAL);
        }
    }

    @Override
    public FileJob create(String namespace, FileJob job, @Nullable String key) {
        authorizeUpload(namespace);
        return read(creation.create(job, key));
    }

    @Override
    public FileJob update(JobName name, JobChange change, @Nullable String version) {
        return updates.update(find(name), change, version);
    }

    @Override
    public void delete(JobName name, @Nullable String version) {
        updates.delete(find(name), version);
    }

    @Override
    public FileJob cancel(JobName name) {
        return updates.cancel(find(name));
    }

    @Override
    public FileJob redrive(JobName name) {
        return updates.redrive(find(name));
    }

    @Override
    public Watch watch(JobName name, Consumer<@Nullable FileJob> listener) {
        JobEntry job = find(name);
        return JobFolders.reading(job, () -> job.watch(listener));
    }

    private ResultFiles files(JobEntry job) throws IOException {
        return new ResultFiles(job.job(), job.folder().path(), objects);
    }

    @Override
    public Content result(JobName name) {
        JobEntry job = find(name);
        return JobFolders.reading(job, () -> files(job).output());
    }

    @Override
    public List<ResultPart> parts(JobName name) {
        JobEntry job = find(name);
        return JobFolders.reading(job, () -> files(job).parts());
    }

    @Override
    public Content part(JobName name, int number) {
        JobEntry job = find(name);
        return JobFolders.reading(job, () -> files(job).part(number));
    }

    @Override
    public Content rejects(JobName name) {
        JobEntry job = find(name);
        return JobFolders.reading(job, () -> files(job).rejects());
    }

    @Override
    public Content profile(JobName name) {
        JobEntry job = find(name);
        return JobFolders.reading(job, () -> ResultFiles.profile(job.name(), job.folder()));
    }

    @Override
    public Content image(JobName name, String file) {
        JobEntry job = find(name);
        return JobFolders.reading(job, () -> files(job).image(file));
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
