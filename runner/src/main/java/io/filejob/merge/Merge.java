package io.filejob.merge;

import io.filejob.job.Coverage;
import io.filejob.job.FileSlicing;
import io.filejob.job.GeneratedSlicing;
import io.filejob.job.Plan;
import io.filejob.job.PublishedPartial;
import io.filejob.job.Stage;
import io.filejob.job.TrueLines;
import io.filejob.model.Condition;
import io.filejob.model.ExitCode;
import io.filejob.model.FileJobSpec;
import io.filejob.model.FileJobStatus;
import io.filejob.model.JobFailure;
import io.filejob.model.JobResult;
import io.filejob.model.Phase;
import io.filejob.model.PlanStatus;
import io.filejob.model.Rejected;
import io.filejob.model.RejectedRecord;
import io.filejob.model.RowCounts;
import io.filejob.model.SliceProgress;
import io.filejob.model.Summary;
import io.filejob.op.Average;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the union of ledgers to the status. Pure functions, for any thread. */
public final class Merge {
    private Merge() {}

    /** The status of a job whose slices are all there; {@link IllegalArgumentException} if they are not. */
    public static FileJobStatus complete(FileJobSpec spec, Coverage coverage, Instant started, Instant ended) {
        if (!coverage.isComplete()) {
            throw new IllegalArgumentException("the ledgers do not cover the plan");
        }
        Average average = Average.of(coverage.partials(coverage.plan().stages().getFirst()));
        String message = message(average, coverage);
        SliceProgress slices = progress(coverage);
        JobResult result = result(spec, average, coverage);
        return new FileJobStatus(
                null,
                Phase.COMPLETE,
                List.of(condition("Complete", ExitCode.DONE.reason(), message, ended)),
                time(started),
                time(ended),
                plan(coverage.plan()),
                slices,
                coverage.rows(),
                rejected(coverage),
                result,
                message,
                spec.workers(),
                null,
                Summary.of(slices, coverage.rows(), result, Duration.between(started, ended)));
    }

    /** The status of a job that has failed, with what is known of how far it got. */
    public static FileJobStatus failed(
            FileJobSpec spec, JobFailure failure, @Nullable Coverage coverage, Instant started, Instant ended) {
        String message = String.valueOf(failure.getMessage());
        return new FileJobStatus(
                null,
                Phase.FAILED,
                List.of(condition("Failed", failure.reason(), message, ended)),
                time(started),
                time(ended),
                coverage == null ? null : plan(coverage.plan()),
                coverage == null ? null : progress(coverage),
                coverage == null ? null : coverage.rows(),
                null,
                null,
                message,
                spec.workers(),
                null,
                coverage == null
                        ? null
                        : Summary.of(progress(coverage), coverage.rows(), null, Duration.between(started, ended)));
    }

    private static SliceProgress progress(Coverage coverage) {
        return new SliceProgress(coverage.plan().slices(), coverage.done());
    }

    private static JobResult result(FileJobSpec spec, Average average, Coverage coverage) {
        if (spec.output() == null) {
            return JobResult.ofAverage(average.mean()).digested();
        }
        Stage publish = coverage.plan().stages().getLast();
        PublishedPartial file = (PublishedPartial) coverage.partials(publish).getFirst();
        return JobResult.ofAverage(average.mean()).inFile(spec.output().uri(), file.bytes(), file.digest());
    }

    private static String message(Average average, Coverage coverage) {
        RowCounts rows = coverage.rows();
        long inputs = coverage.plan().slicing().inputs();
        String files = String.format("%,d %s", inputs, inputs == 1 ? "file" : "files");
        String rejected = rows.rejected() == 0 ? "" : String.format(", %,d rejected", rows.rejected());
        String mean = average.mean();
        return mean == null
                ? "nothing to average in " + files + rejected
                : String.format(
                        "average %s of %,d %s in %s%s",
                        mean, average.count(), average.count() == 1 ? "entry" : "entries", files, rejected);
    }

    private static @Nullable Rejected rejected(Coverage coverage) {
        List<RejectedRecord> samples = TrueLines.samples(coverage, Rejected.MAX_SAMPLES);
        return samples.isEmpty() ? null : new Rejected(samples);
    }

    /** A plan as a status shows it. */
    public static PlanStatus plan(Plan plan) {
        Long bytes =
                switch (plan.slicing()) {
                    case FileSlicing files -> files.bytes();
                    case GeneratedSlicing _ -> null;
                };
        return new PlanStatus(
                plan.fingerprint().combined(),
                plan.stages().size(),
                plan.slicing().inputs(),
                bytes);
    }

    private static Condition condition(String type, String reason, String message, Instant since) {
        return new Condition(type, "True", reason, message, time(since), null);
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
