package io.filejob.operator.status;

import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.filejob.cluster.ClusterNames;
import io.filejob.coverage.Coverage;
import io.filejob.coverage.LineNumbers;
import io.filejob.coverage.Tolerance;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.SliceResult;
import io.filejob.operator.api.CancelRequest;
import io.filejob.operator.observe.Observation;
import io.filejob.operator.observe.WorkerFailures;
import java.util.Objects;
import java.util.Optional;

/**
 * The reason for the failure of a job.
 *
 * @param reason one word, for programs
 * @param message for people, with a remedy
 */
record Failure(String reason, String message) {
    private static final Failure CANCELLED = new Failure(
            "Cancelled",
            "cancelled by the annotation " + ClusterNames.CANCEL + "; a redrive without it continues the job");

    static Failure of(JobFailedException failure) {
        return new Failure(failure.reason().text(), Objects.requireNonNullElse(failure.getMessage(), ""));
    }

    /** Returns the failure of an incomplete job, if it has failed; the most certain cause is checked first. */
    static Optional<Failure> in(Observation seen) {
        if (seen.planned().refusal() != null) {
            return Optional.of(of(seen.planned().refusal()));
        }
        if (seen.covered().failure() != null) {
            return Optional.of(of(seen.covered().failure()));
        }
        if (CancelRequest.isIn(seen.resource())) {
            return Optional.of(CANCELLED);
        }
        WorkerFailures deaths = new WorkerFailures(seen.pods());
        return badRecord(seen)
                .or(deaths::failure)
                .or(() -> deaths.sliceCrashLoop(seen.coverage()))
                .or(deaths::repeatedOutOfMemory)
                .or(() -> deaths.confirmed(seen.hasWorkers() || (seen.awaitsWorkers() && !hasJobGivenUp(seen))))
                .or(() -> isUntouched(seen) && !seen.hasWorkers() ? deaths.startupCrashLoop() : Optional.empty())
                .map(Failure::of)
                .or(() -> ofJob(seen, deaths));
    }

    private static boolean isUntouched(Observation seen) {
        return seen.coverage() == null || seen.coverage().done() == 0;
    }

    /** Returns whether the Job has failed because of its workers, so that it creates no more pods. */
    private static boolean hasJobGivenUp(Observation seen) {
        return ChildJob.failure(seen.child())
                .filter(condition -> !FailureReason.DEADLINE_EXCEEDED.text().equals(condition.getReason()))
                .isPresent();
    }

    private static Optional<JobFailedException> badRecord(Observation seen) {
        Coverage coverage = seen.coverage();
        if (coverage == null) {
            return Optional.empty();
        }
        SliceResult failed = coverage.failed();
        if (failed != null && failed.failure() != null) {
            return Optional.of(new JobFailedException(
                    ExitCode.BAD_INPUT,
                    LineNumbers.failure(coverage, failed, failed.failure()).describe()));
        }
        return coverage.isComplete(seen.plan().stages().getFirst()) ? intolerable(seen, coverage) : Optional.empty();
    }

    /** Returns a failure if more records are bad than the FileJob tolerates. */
    private static Optional<JobFailedException> intolerable(Observation seen, Coverage coverage) {
        try {
            Tolerance.check(seen.resource().getSpec().tolerated(), coverage);
            return Optional.empty();
        } catch (JobFailedException tooMany) {
            return Optional.of(tooMany);
        }
    }

    /**
     * Returns whether all slices are done and may be published, regardless of the fate of single workers and their Job.
     */
    static boolean isRuledOut(Observation seen) {
        Coverage coverage = seen.coverage();
        return coverage != null
                && coverage.isComplete()
                && intolerable(seen, coverage).isEmpty();
    }

    private static Optional<Failure> ofJob(Observation seen, WorkerFailures deaths) {
        if (Replacement.of(seen).isPresent()) {
            return Optional.empty();
        }
        return ChildJob.failure(seen.child())
                .map(condition -> ofJob(condition, deaths))
                .or(() -> Replacement.reason(seen)
                        .filter(_ -> ChildJob.success(seen.child()).isEmpty())
                        .map(reason -> new Failure(FailureReason.WORKERS_DIED.text(), reason)))
                .map(failure -> failure.after(Replacement.history(seen)));
    }

    Failure after(String history) {
        return history.isEmpty() ? this : new Failure(reason, message + "; " + history);
    }

    private static Failure ofJob(JobCondition condition, WorkerFailures deaths) {
        String reason = Objects.requireNonNullElse(condition.getReason(), FailureReason.INTERNAL_ERROR.text());
        String message = Objects.requireNonNullElse(condition.getMessage(), "the Job has failed");
        if (reason.equals(FailureReason.DEADLINE_EXCEEDED.text())) {
            return new Failure(
                    reason, "the job took longer than spec.activeDeadlineSeconds: increase it, or use more workers");
        }
        String last = deaths.last();
        return new Failure(
                last.isEmpty() ? reason : FailureReason.WORKERS_DIED.text(),
                last.isEmpty() ? message : "workers failed too often, last failure: " + last);
    }
}
