package io.filejob.operator.status;

import io.filejob.callback.CallbackMessage;
import io.filejob.coverage.Coverage;
import io.filejob.failure.FailureReason;
import io.filejob.merge.Merge;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.JobSuspension;
import io.filejob.operator.api.Names;
import io.filejob.operator.api.Phases;
import io.filejob.operator.api.ProfileRequest;
import io.filejob.operator.api.RedriveRequest;
import io.filejob.operator.observe.Observation;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import io.filejob.status.FileJobStatusBuilder;
import io.filejob.status.Phase;
import io.filejob.status.RowCounts;
import io.filejob.status.SliceProgress;
import io.filejob.status.StatusSize;
import io.filejob.status.Summary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes the status of a FileJob as a pure function of the observation. Counters only grow, and the status of a
 * complete or failed job changes again only by a redrive and by its callback.
 */
public final class StatusOf {
    /** The operator never reads input files; a worker has to list them. */
    private static final String UNLISTED = "waiting for a worker to list the input files";

    private final Observation seen;
    private final FileJobResource job;
    private final @Nullable FileJobStatus before;
    private final Conditions conditions;
    private final @Nullable String redrive;
    private final String started;

    private StatusOf(
            Observation seen, @Nullable FileJobStatus before, Conditions conditions, @Nullable String redrive) {
        this.seen = seen;
        this.job = seen.resource();
        this.before = before;
        this.conditions = conditions;
        this.redrive = redrive;
        this.started = before == null || before.startTime() == null ? time(seen.now()) : before.startTime();
    }

    private static StatusOf unfinished(Observation seen) {
        FileJobStatus before = seen.resource().getStatus();
        return new StatusOf(seen, before, Conditions.before(seen), before == null ? null : before.redrive());
    }

    /** Begins anew, with the conditions of the finished job. */
    private static StatusOf redriven(Observation seen, String request) {
        String message = "redrive " + request + " does the failed part of the job again";
        Conditions conditions = Conditions.before(seen)
                .setTrue(Conditions.REDRIVEN, "Requested", message)
                .setFalseIfTrue(Conditions.COMPLETE, "Redriven", message)
                .setFalseIfTrue(Conditions.FAILED, "Redriven", message)
                .setFalseIfTrue(Conditions.FINISHED, "Redriven", message);
        if (seen.resource().getSpec().callback() != null) {
            conditions.setUnknown(CallbackMessage.CONDITION, "Redriven", message);
        }
        return new StatusOf(seen, null, conditions, request);
    }

    /** Returns the status to be shown. */
    public static FileJobStatus of(Observation seen) {
        FileJobStatus before = seen.resource().getStatus();
        return Notification.of(seen, of(seen, before));
    }

    private static FileJobStatus of(Observation seen, @Nullable FileJobStatus before) {
        if (before == null || !Phases.isTerminal(before)) {
            return StatusSize.fit(unfinished(seen).next());
        }
        Optional<String> request = RedriveRequest.of(seen.resource());
        return request.isPresent() && seen.canBeRedriven(request.get())
                ? StatusSize.fit(redriven(seen, request.get()).next())
                : before.toBuilder()
                        .observedGeneration(seen.resource().getMetadata().getGeneration())
                        .build();
    }

    /** Returns the status of a finished job after its request for a redrive was refused for this {@code reason}. */
    public static FileJobStatus refused(Observation seen, String request, String reason, String message) {
        FileJobStatus before = Objects.requireNonNull(seen.resource().getStatus());
        Conditions conditions = Conditions.before(seen).setFalse(Conditions.REDRIVEN, reason, message);
        return before.toBuilder()
                .observedGeneration(seen.resource().getMetadata().getGeneration())
                .conditions(conditions.all())
                .redrive(request)
                .build();
    }

    private FileJobStatus next() {
        Coverage coverage = seen.coverage();
        Optional<Failure> failure = Failure.isRuledOut(seen) ? Optional.empty() : Failure.in(seen);
        if (failure.isPresent()) {
            return failed(failure.get());
        }
        if (coverage == null) {
            conditions.setFalse(Conditions.PLANNED, "InputNotListed", UNLISTED);
        } else {
            planned(coverage);
            if (coverage.isComplete()) {
                return complete(coverage);
            }
        }
        if (ChildJob.success(seen.child()).isPresent()) {
            return merging();
        }
        if (job.getSpec().suspend() || JobSuspension.isHeldByOthers(seen.child())) {
            return suspended(coverage);
        }
        conditions.setFalseIfTrue(Conditions.SUSPENDED, "Resumed", "the job has been resumed");
        return atWork(coverage);
    }

    private void planned(Coverage coverage) {
        long inputs = seen.plan().slicing().inputs();
        conditions.setTrue(
                Conditions.PLANNED,
                "SlicesPlanned",
                String.format(
                        Locale.ROOT,
                        "%,d %s of %,d %s",
                        coverage.plan().slices(),
                        coverage.plan().slices() == 1 ? "slice" : "slices",
                        inputs,
                        inputs == 1 ? "file" : "files"));
        String conflicts = Merge.conflicts(coverage);
        if (conflicts != null) {
            conditions.setTrue(Merge.COPIES_DIFFER, "ResultsDiffer", conflicts);
        }
    }

    private FileJobStatus complete(Coverage coverage) {
        FileJobStatus result = Merge.complete(job.getSpec(), coverage, Instant.parse(started), seen.now());
        conditions.setFalseIfTrue(Conditions.RUNNING, "Complete", "all workers have finished");
        conditions.setFalseIfTrue(Conditions.SUSPENDED, "Complete", "the job is complete");
        conditions.setTrue(Conditions.COMPLETE, Merge.ALL_SLICES_MERGED, result.message());
        conditions.setTrue(Conditions.FINISHED, Merge.ALL_SLICES_MERGED, result.message());
        return result.toBuilder()
                .observedGeneration(job.getMetadata().getGeneration())
                .conditions(conditions.all())
                .workers(workers())
                .selector(selector())
                .redrive(redrive)
                .profile(ProfileRequest.selector(job))
                .build();
    }

    private FileJobStatus failed(Failure failure) {
        conditions.setFalseIfTrue(Conditions.RUNNING, "Failed", "the job has failed");
        conditions.setFalseIfTrue(Conditions.SUSPENDED, "Failed", "the job has failed");
        conditions.setTrue(Conditions.FAILED, failure.reason(), failure.message());
        conditions.setTrue(Conditions.FINISHED, failure.reason(), failure.message());
        return progress(Phase.FAILED, failure.message(), time(seen.now()));
    }

    private FileJobStatus merging() {
        if (Replacement.areLedgersOverdue(seen) && Replacement.of(seen).isEmpty()) {
            return failed(new Failure(
                            FailureReason.STORE_LOST.text(),
                            "all workers have finished, but " + Replacement.unusable(seen)
                                    + ": check whether other programs delete or write ConfigMaps of this job, and"
                                    + " create a new FileJob")
                    .after(Replacement.history(seen)));
        }
        conditions.setFalseIfTrue(Conditions.RUNNING, "WorkersFinished", "all workers have finished");
        return progress(Phase.MERGING, "all workers have finished, merging their results", null);
    }

    private FileJobStatus suspended(@Nullable Coverage coverage) {
        boolean asked = job.getSpec().suspend();
        String message = asked ? "spec.suspend is true" : "waiting for the queue to admit the Job";
        conditions.setFalseIfTrue(Conditions.RUNNING, "Suspended", message);
        conditions.setTrue(Conditions.SUSPENDED, asked ? "SuspendRequested" : "WaitingForAdmission", message);
        if (seen.refused() != null) {
            conditions.setFalse(
                    Conditions.RUNNING, seen.refused().reason(), seen.refused().message());
        }
        return progress(Phase.SUSPENDED, "suspended, " + howFar(coverage), null);
    }

    private FileJobStatus atWork(@Nullable Coverage coverage) {
        boolean running = ChildJob.ready(seen.child()) > 0;
        boolean begun = before != null && before.phase() == Phase.RUNNING;
        WorkerState workers = WorkerState.of(seen);
        if (running) {
            conditions.setTrue(
                    Conditions.RUNNING, workers.reason("WorkersRunning"), workers.message("workers are running"));
        } else {
            conditions.setFalse(
                    Conditions.RUNNING, workers.reason("WaitingForPods"), workers.message("workers are starting"));
        }
        Phase phase = coverage == null ? Phase.PENDING : running || begun ? Phase.RUNNING : Phase.PLANNED;
        String progress = running ? howFar(coverage) : workers.message("waiting for workers, " + howFar(coverage));
        List<String> parts = new ArrayList<>(List.of(progress));
        parts.addAll(seen.waits());
        return progress(phase, String.join("; ", parts), null);
    }

    private String howFar(@Nullable Coverage coverage) {
        if (coverage == null) {
            return UNLISTED;
        }
        SliceProgress slices = slices(coverage);
        long rows = rows(coverage).in();
        return String.format(Locale.ROOT, "%,d of %,d slices, %,d rows", slices.done(), slices.total(), rows);
    }

    private FileJobStatus progress(Phase phase, String message, @Nullable String ended) {
        Coverage coverage = seen.coverage();
        FileJobStatusBuilder status = FileJobStatus.builder(phase, message)
                .observedGeneration(job.getMetadata().getGeneration())
                .reason(conditions.reason(phase))
                .conditions(conditions.all())
                .startTime(started)
                .completionTime(ended)
                .workers(workers())
                .selector(selector())
                .redrive(redrive)
                .profile(ProfileRequest.selector(job));
        if (coverage != null) {
            SliceProgress slices = slices(coverage);
            RowCounts rows = rows(coverage);
            status.plan(Merge.plan(coverage.plan()))
                    .slices(slices)
                    .rows(rows)
                    .result(phase == Phase.FAILED ? Merge.unfinished(job.getSpec(), coverage) : null)
                    .summary(summary(slices, rows));
        }
        return status.build();
    }

    /**
     * Returns the previous summary if nothing has been done since, since the elapsed time alone does not justify an
     * update.
     */
    private Summary summary(SliceProgress slices, RowCounts rows) {
        boolean same = before != null && slices.equals(before.slices()) && rows.equals(before.rows());
        Summary last = before == null ? null : before.summary();
        return same && last != null
                ? last
                : Summary.of(slices, rows, null, Duration.between(Instant.parse(started), seen.now()));
    }

    /** Returns the progress, which never decreases even if a ledger is deleted or a slice is repeated. */
    private SliceProgress slices(Coverage coverage) {
        int done =
                before == null || before.slices() == null ? 0 : before.slices().done();
        return new SliceProgress(coverage.plan().slices(), Math.max(done, coverage.done()));
    }

    private RowCounts rows(Coverage coverage) {
        RowCounts now = coverage.rows();
        RowCounts shown = before == null ? null : before.rows();
        return shown == null || shown.in() < now.in() ? now : shown;
    }

    private int workers() {
        return ChildJob.active(seen.child());
    }

    private String selector() {
        return Names.podSelector(job);
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Returns whether {@code now} differs from {@code before} in more than progress. */
    public static boolean isTransition(@Nullable FileJobStatus before, FileJobStatus now) {
        return before == null
                || before.phase() != now.phase()
                || !withoutTimes(before.conditions()).equals(withoutTimes(now.conditions()));
    }

    private static List<List<@Nullable Object>> withoutTimes(List<Condition> conditions) {
        return conditions.stream()
                .map(condition -> Arrays.<@Nullable Object>asList(
                        condition.type(), condition.status(), condition.reason(), condition.message()))
                .toList();
    }
}
