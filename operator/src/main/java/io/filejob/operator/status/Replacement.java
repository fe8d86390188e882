package io.filejob.operator.status;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.filejob.coverage.Coverage;
import io.filejob.operator.observe.Observation;
import io.filejob.operator.observe.Predecessors;
import io.filejob.operator.observe.WorkerFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides whether a FileJob needs a new Job. The ledgers are kept, so that the new workers continue the work of the
 * previous ones.
 */
public final class Replacement {
    /** Maximum number of replacements per FileJob. */
    static final int LIMIT = 3;

    /** How long the ledgers of a Job that has succeeded may be on their way. */
    private static final Duration LEDGERS_OVERDUE = Duration.ofMinutes(1);

    private Replacement() {}

    /** Returns the reason to replace the Job, if it cannot continue and the limit has not been reached. */
    public static Optional<String> of(Observation seen) {
        return seen.predecessors().count() < LIMIT ? reason(seen) : Optional.empty();
    }

    /** Returns the reason why the Job cannot continue although a new one might. */
    static Optional<String> reason(Observation seen) {
        Job child = seen.child();
        if (child == null) {
            return seen.predecessors().hasLostOne() ? Optional.of(Predecessors.DELETED) : Optional.empty();
        }
        if (ChildJob.success(child).isPresent()) {
            // Without the listing other workers might read other input than the ledgers are of.
            return seen.coverage() == null || !areLedgersOverdue(seen)
                    ? Optional.empty()
                    : Optional.of("its workers finished, but " + unusable(seen));
        }
        if (ChildJob.isSuspended(child)) {
            return Optional.empty();
        }
        Optional<JobCondition> failure = ChildJob.failure(child);
        if (failure.isPresent()) {
            return failure.filter(Replacement::isBudget)
                    .map(_ -> new WorkerFailures(seen.pods()))
                    .filter(WorkerFailures::areOfInfrastructure)
                    .map(deaths -> deaths.last().isEmpty()
                            ? "its pods no longer exist"
                            : "its workers failed too often, last failure: " + deaths.last());
        }
        return seen.isStranded() ? Optional.of("all its pods are on nodes that do not respond") : Optional.empty();
    }

    /** Whether the Job succeeded so long ago that the ledgers that are there are all. */
    static boolean areLedgersOverdue(Observation seen) {
        return ChildJob.success(seen.child())
                .map(condition -> Instant.parse(condition.getLastTransitionTime()))
                .filter(ended -> seen.now().isAfter(ended.plus(LEDGERS_OVERDUE)))
                .isPresent();
    }

    /** Describes the slices whose ledger was deleted, or that used a copy of an earlier slice that is no longer chosen. */
    static String unusable(Observation seen) {
        Coverage coverage = seen.coverage();
        return "the ledgers are incomplete or their results do not fit together (missing slices: "
                + (coverage == null ? "all" : coverage.plan().slices() - coverage.done()) + ")";
    }

    private static boolean isBudget(JobCondition failure) {
        return switch (Objects.requireNonNullElse(failure.getReason(), "")) {
            case "BackoffLimitExceeded", "FailedIndexes", "MaxFailedIndexesExceeded" -> true;
            default -> false;
        };
    }

    /** Describes how often the Job has been replaced, and why the last time; empty if it never was. */
    static String history(Observation seen) {
        int count = seen.predecessors().count();
        return count == 0
                ? ""
                : "the Job was replaced (" + count + " of at most " + LIMIT + " times): "
                        + seen.predecessors().because();
    }
}
