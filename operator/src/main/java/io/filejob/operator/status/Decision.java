package io.filejob.operator.status;

import io.filejob.operation.JobOperation;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Phases;
import io.filejob.operator.observe.Observation;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.time.Instant;

/**
 * The outcome of a reconciliation, which the dependents apply.
 *
 * @param seen the observation
 * @param status the status that has been written, or will be written soon
 */
public record Decision(Observation seen, FileJobStatus status) {
    /** Workers read the union of all ledgers every few seconds, and exit once it is complete. */
    private static final Duration WORKERS_END = Duration.ofSeconds(10);
    /** The worker that completes a job deletes partial results, staging tables and unused images, which may be millions. */
    private static final Duration CLEAN_UP = Duration.ofMinutes(30);
    /** Pods that have not ended by then never will, for example because their node is lost. */
    private static final Duration LAST_PODS = Duration.ofMinutes(2);

    /**
     * Returns whether the Job and the ConfigMap of its workers have to be reconciled. A FileJob that is suspended from
     * the start has no Job, since a queue might admit it.
     */
    public boolean concernsWorkers() {
        boolean isWanted =
                !Phases.isTerminal(status) && !seen.resource().getSpec().suspend();
        return seen.planned().manifest() != null && (seen.child() != null || isWanted);
    }

    /** Returns whether the job has finished and its workers have had enough time to notice, and to clean up. */
    public boolean isOverdue() {
        return hasEndedFor(isCleaningUp() ? CLEAN_UP : WORKERS_END);
    }

    /** Returns whether the job has finished so long ago that its remaining pods are considered lost. */
    public boolean isLongOver() {
        return hasEndedFor((isCleaningUp() ? CLEAN_UP : Duration.ZERO).plus(LAST_PODS));
    }

    /**
     * Returns whether workers of the complete job may still be deleting the data that it has left outside of its
     * ledgers; the first of them that succeeds has deleted all of it. A failed job is cleaned up after its end.
     */
    public boolean isCleaningUp() {
        return status.phase() == Phase.COMPLETE
                && JobOperation.of(seen.resource().getSpec()).leavesData()
                && !seen.hasSucceededWorker();
    }

    private boolean hasEndedFor(Duration time) {
        String ended = status.completionTime();
        return Phases.isTerminal(status)
                && ended != null
                && !seen.now().isBefore(Instant.parse(ended).plus(time));
    }

    /** Passes this decision to the dependents of the same reconciliation. */
    public void leaveIn(Context<FileJobResource> context) {
        context.managedWorkflowAndDependentResourceContext().put(Decision.class, this);
    }

    /** Returns the decision passed by {@link #leaveIn}. */
    public static Decision in(Context<FileJobResource> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(Decision.class, Decision.class);
    }
}
