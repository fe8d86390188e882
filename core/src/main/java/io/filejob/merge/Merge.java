package io.filejob.merge;

import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.coverage.LineNumbers;
import io.filejob.failure.JobFailedException;
import io.filejob.operation.DescribedResult;
import io.filejob.operation.JobOperation;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.GeneratedSlicing;
import io.filejob.plan.Plan;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import io.filejob.status.FileJobStatusBuilder;
import io.filejob.status.JobResult;
import io.filejob.status.Phase;
import io.filejob.status.PlanStatus;
import io.filejob.status.Rejected;
import io.filejob.status.RejectedRecord;
import io.filejob.status.SliceProgress;
import io.filejob.status.StatusSize;
import io.filejob.status.Summary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Converts the union of ledgers to a status. Pure functions, for any thread. */
public final class Merge {
    /** Type of the condition that reports slices with copies that differ. */
    public static final String COPIES_DIFFER = "CopiesDiffer";

    /** Reason of the condition of a complete job. */
    public static final String ALL_SLICES_MERGED = "AllSlicesMerged";

    private Merge() {}

    /** Returns the status of a complete job; throws {@link IllegalArgumentException} if slices are missing. */
    public static FileJobStatus complete(FileJobSpec spec, Coverage coverage, Instant started, Instant ended) {
        if (!coverage.isComplete()) {
            throw new IllegalArgumentException("the ledgers do not cover the plan");
        }
        DescribedResult described = JobOperation.of(spec).result(coverage);
        String message = described.message();
        SliceProgress slices = progress(coverage);
        JobResult result = described.result();
        return StatusSize.fit(FileJobStatus.builder(Phase.COMPLETE, message)
                .reason(ALL_SLICES_MERGED)
                .conditions(conditions(coverage, message, ended))
                .startTime(time(started))
                .completionTime(time(ended))
                .plan(plan(coverage.plan()))
                .slices(slices)
                .rows(coverage.rows())
                .rejected(rejected(spec, coverage))
                .result(result)
                .workers(spec.workers())
                .summary(Summary.of(slices, coverage.rows(), result, Duration.between(started, ended)))
                .build());
    }

    /** Returns the status of a job with running workers. */
    public static FileJobStatus running(FileJobSpec spec, Coverage coverage, Instant started, Instant now) {
        SliceProgress slices = progress(coverage);
        String message = String.format(
                Locale.ROOT,
                "%,d of %,d slices, %,d rows",
                slices.done(),
                slices.total(),
                coverage.rows().in());
        return StatusSize.fit(FileJobStatus.builder(Phase.RUNNING, message)
                .reason("WorkersRunning")
                .conditions(List.of(condition("Running", "WorkersRunning", "workers are running", started)))
                .startTime(time(started))
                .plan(plan(coverage.plan()))
                .slices(slices)
                .rows(coverage.rows())
                .rejected(rejected(spec, coverage))
                .workers(spec.workers())
                .summary(Summary.of(slices, coverage.rows(), null, Duration.between(started, now)))
                .build());
    }

    /**
     * Returns the status of a failed job with its known progress; {@code left} holds the rows that it has committed to
     * a table, or is null if only the ledgers show them.
     */
    public static FileJobStatus failed(
            FileJobSpec spec,
            JobFailedException failure,
            @Nullable Coverage coverage,
            @Nullable JobResult left,
            Instant started,
            Instant ended) {
        String message = String.valueOf(failure.getMessage());
        FileJobStatusBuilder status = FileJobStatus.builder(Phase.FAILED, message)
                .reason(failure.reason().text())
                .conditions(List.of(condition("Failed", failure.reason().text(), message, ended)))
                .startTime(time(started))
                .completionTime(time(ended))
                .result(left)
                .workers(spec.workers());
        if (coverage != null) {
            status.plan(plan(coverage.plan()))
                    .slices(progress(coverage))
                    .rows(coverage.rows())
                    .result(left != null ? left : unfinished(spec, coverage))
                    .summary(Summary.of(progress(coverage), coverage.rows(), null, Duration.between(started, ended)));
        }
        return StatusSize.fit(status.build());
    }

    private static List<Condition> conditions(Coverage coverage, String message, Instant ended) {
        Condition complete = condition("Complete", ALL_SLICES_MERGED, message, ended);
        String conflicts = conflicts(coverage);
        return conflicts == null
                ? List.of(complete)
                : List.of(complete, condition(COPIES_DIFFER, "ResultsDiffer", conflicts, ended));
    }

    /** Returns the rows that an incomplete job has already committed to a table; null if there are none. */
    public static @Nullable JobResult unfinished(FileJobSpec spec, Coverage coverage) {
        return JobOperation.of(spec).unfinished(coverage);
    }

    /** Returns a message about slices with copies that differ; null if there are none. */
    public static @Nullable String conflicts(Coverage coverage) {
        List<String> all = coverage.conflicts();
        return all.isEmpty()
                ? null
                : all.getFirst()
                        + (all.size() == 1
                                ? ""
                                : String.format(Locale.ROOT, ", and so with %,d more slices", all.size() - 1));
    }

    private static SliceProgress progress(Coverage coverage) {
        return new SliceProgress(coverage.plan().slices(), coverage.done());
    }

    private static @Nullable Rejected rejected(FileJobSpec spec, Coverage coverage) {
        List<RejectedRecord> samples = LineNumbers.samples(coverage, Rejected.MAX_SAMPLES);
        return samples.isEmpty()
                ? null
                : new Rejected(spec.rejects() == null ? null : spec.rejects().uri(), samples);
    }

    /** Converts a plan to the form of a status. */
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
