package io.filejob.operator.status;

import io.filejob.model.FileJobStatus;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Finished;
import io.filejob.operator.observe.Observation;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/**
 * What a reconciliation has seen and what it makes of it; the dependents go by it.
 *
 * @param seen what was seen
 * @param status what is shown, or will be shown soon
 */
public record Decision(Observation seen, FileJobStatus status) {
    /** Whether the Job and what its workers have to know are to be brought about, or to be ended. */
    public boolean concernsWorkers() {
        return seen.planned().manifest() != null && (seen.child() != null || !Finished.is(status));
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
