package io.filejob.operator.status;

import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Phases;
import io.filejob.operator.observe.Observation;
import io.filejob.status.FileJobStatus;
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

    /**
     * Returns whether the Job and the ConfigMap of its workers have to be reconciled. A FileJob that is suspended from
     * the start has no Job, since a queue might admit it.
     */
    public boolean concernsWorkers() {
        boolean isWanted =
                !Phases.isTerminal(status) && !seen.resource().getSpec().suspend();
        return seen.planned().manifest() != null && (seen.child() != null || isWanted);
    }

    /** Returns whether the job has finished and its workers have had enough time to notice. */
    public boolean isOverdue() {
        String ended = status.completionTime();
        return Phases.isTerminal(status)
                && ended != null
                && !seen.now().isBefore(Instant.parse(ended).plus(WORKERS_END));
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
