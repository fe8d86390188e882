package io.filejob.operator.status;

import io.filejob.model.FileJobStatus;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Finished;
import io.filejob.operator.observe.Observation;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.time.Instant;

/**
 * What a reconciliation has seen and what it makes of it; the dependents go by it.
 *
 * @param seen what was seen
 * @param status what is shown, or will be shown soon
 */
public record Decision(Observation seen, FileJobStatus status) {
    /** Workers look at the union of all ledgers every few seconds, and then end. */
    private static final Duration WORKERS_END = Duration.ofSeconds(10);

    /**
     * Whether the Job and what its workers have to know are to be brought about, or to be ended. One that is suspended from
     * the start has no Job, since a queue might admit that.
     */
    public boolean concernsWorkers() {
        boolean isWanted = !Finished.is(status) && !seen.resource().getSpec().suspend();
        return seen.planned().manifest() != null && (seen.child() != null || isWanted);
    }

    /** Whether the job is over and its workers have had the time to see that. */
    public boolean isOverdue() {
        String ended = status.completionTime();
        return Finished.is(status)
                && ended != null
                && !seen.now().isBefore(Instant.parse(ended).plus(WORKERS_END));
    }

    /** Leaves this decision to the dependents of the same reconciliation. */
    public void leaveIn(Context<FileJobResource> context) {
        context.managedWorkflowAndDependentResourceContext().put(Decision.class, this);
    }

    /** What {@link #leaveIn} left. */
    public static Decision in(Context<FileJobResource> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(Decision.class, Decision.class);
    }
}
