package io.filejob.service.page;

import io.filejob.api.FileJob;
import io.filejob.cluster.ProfileRequests;
import io.filejob.manifest.ManifestReader;
import io.filejob.service.job.JobName;
import io.filejob.service.job.WorkerProgress;
import io.filejob.spec.OutputSpec;
import io.filejob.status.AggregateResult;
import io.filejob.status.AverageResult;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import io.filejob.status.ImageCounts;
import io.filejob.status.ImagesResult;
import io.filejob.status.IngestResult;
import io.filejob.status.JobResult;
import io.filejob.status.RejectedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page of a job.
 *
 * @param figures the figures of the job
 * @param stages the progress of its stages
 * @param progress the progress of its workers
 * @param service the URL of the service
 */
record JobView(JobFigures figures, List<StageProgress> stages, List<WorkerProgress> progress, String service) {
    /** The maximum number of workers with a row of their own. */
    private static final int MAX_WORKERS = 32;

    private @Nullable FileJobStatus status() {
        return figures.job().status();
    }

    /** Returns the first workers. */
    public List<WorkerRow> workers() {
        return progress.stream()
                .limit(MAX_WORKERS)
                .map(worker -> WorkerRow.of(
                        worker, figures.slices(), figures.job().spec().workers()))
                .toList();
    }

    /** Returns the number of workers without a row. */
    public int otherWorkers() {
        return Math.max(0, progress.size() - MAX_WORKERS);
    }

    /** Returns the number of workers that the job wants. */
    public int workerCount() {
        return figures.job().spec().workers();
    }

    /** Returns the conditions. */
    public List<Condition> conditions() {
        FileJobStatus status = status();
        return status == null ? List.of() : status.conditions();
    }

    /** Returns the calls of the receiver of the callback; null if there are none yet. */
    public @Nullable CallbackView callback() {
        return CallbackView.of(figures.job());
    }

    /** Returns whether the page has to be brought up to date. */
    public boolean isLive() {
        CallbackView calls = callback();
        return !figures.ended() || (calls != null && calls.isPending());
    }

    /** Returns the samples of bad records. */
    public List<RejectedRecord> samples() {
        FileJobStatus status = status();
        return status == null || status.rejected() == null
                ? List.of()
                : status.rejected().samples();
    }

    /** Returns whether all bad records can be downloaded. */
    public boolean hasRejects() {
        return figures.isComplete() && figures.job().spec().rejects() != null;
    }

    /** Returns whether the result can be downloaded. */
    public boolean hasOutput() {
        return figures.isComplete() && figures.job().spec().output() != null;
    }

    /** Returns the number of files of the output; 0 without an output. */
    public int parts() {
        OutputSpec output = figures.job().spec().output();
        return output == null ? 0 : output.parts();
    }

    /** Returns whether a flame graph can be downloaded; on one machine, the process of the job writes it when it ends. */
    public boolean hasProfile() {
        FileJobStatus status = status();
        return (status != null && status.profile() != null) || (figures.ended() && ProfileRequests.isIn(figures.job()));
    }

    private @Nullable JobResult result() {
        FileJobStatus status = status();
        return status == null ? null : status.result();
    }

    /** Returns the average; empty for other operations. */
    public String average() {
        return result() instanceof AverageResult average ? String.valueOf(average.average()) : "";
    }

    /** Returns the digest of the result; empty without a result. */
    public String digest() {
        JobResult result = result();
        String digest = result == null ? null : result.digest();
        return digest == null ? "" : digest;
    }

    /** Returns the first rows of the result; null if it has no rows. */
    public @Nullable CsvPreview rows() {
        return result() instanceof AggregateResult groups
                ? new CsvPreview(groups.columns(), groups.rows(), groups.groups())
                : null;
    }

    /** Returns the number of rows of the result, as a sentence. */
    public String groups() {
        CsvPreview rows = rows();
        return rows == null ? "" : Figures.count(rows.total()) + (rows.total() == 1 ? " group" : " groups");
    }

    /** Returns named figures of the result. */
    public List<Map.Entry<String, String>> counts() {
        List<Map.Entry<String, String>> counts = new ArrayList<>();
        JobResult known = result();
        if (known == null) {
            return counts;
        }
        switch (known) {
            case IngestResult rows -> {
                counts.add(Map.entry("Inserted", Figures.count(rows.inserted())));
                counts.add(Map.entry("Updated", Figures.count(rows.updated())));
                counts.add(Map.entry("Unchanged", Figures.count(rows.unchanged())));
                counts.add(Map.entry("Ignored", Figures.count(rows.ignored())));
                counts.add(Map.entry("Superseded", Figures.count(rows.superseded())));
            }
            case ImagesResult result -> {
                ImageCounts images = result.images();
                counts.add(Map.entry("Images", Figures.count(images.in())));
                counts.add(Map.entry("Compressed", Figures.count(images.compressed())));
                counts.add(Map.entry("Kept", Figures.count(images.kept())));
                counts.add(Map.entry("Failed", Figures.count(images.failed())));
                counts.add(Map.entry("Before", Figures.bytes(images.bytesIn())));
                counts.add(Map.entry("After", Figures.bytes(images.bytesOut())));
            }
            case AverageResult _, AggregateResult _ -> {}
        }
        return counts;
    }

    /** Returns the manifest, without the status. */
    public String manifest() {
        FileJob job = figures.job();
        return ManifestReader.write(new FileJob(job.apiVersion(), job.kind(), job.metadata(), job.spec(), null));
    }

    /** Returns the path of the job in the API. */
    public String api() {
        return api(new JobName(figures.namespace(), figures.name()));
    }

    /** Returns the path of a job in the API. */
    static String api(JobName job) {
        return "/api/v1/namespaces/" + job.namespace() + "/jobs/" + job.name();
    }

    /** Returns commands that do the same as this page. */
    public List<ShownCommand> commands() {
        return ShownCommand.of(figures.namespace(), figures.name(), service + api(), hasOutput());
    }
}
