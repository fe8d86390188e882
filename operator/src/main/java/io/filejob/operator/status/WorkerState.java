package io.filejob.operator.status;

import io.filejob.operator.observe.Observation;
import io.filejob.operator.observe.PodStartFailure;
import io.filejob.operator.observe.WorkerFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state of an unfinished job's workers: why some of them do not start, why others have failed, and how often their
 * Job was replaced.
 */
record WorkerState(Optional<PodStartFailure> trouble, int died, String last, String history, boolean running) {
    static WorkerState of(Observation seen) {
        WorkerFailures deaths = new WorkerFailures(seen.pods());
        return new WorkerState(
                PodStartFailure.of(seen),
                deaths.count(),
                deaths.last(),
                Replacement.history(seen),
                ChildJob.ready(seen.child()) > 0);
    }

    /** Returns the reason of a condition; {@code usual} if there is nothing to report. */
    String reason(String usual) {
        if (trouble.isPresent()) {
            return trouble.get().reason();
        }
        if (running) {
            return usual;
        }
        return died > 0 ? "WorkersFailing" : history.isEmpty() ? usual : "JobReplaced";
    }

    /** Returns the message of a condition; {@code usual} if there is nothing to report. */
    String message(String usual) {
        List<String> parts = new ArrayList<>();
        trouble.ifPresent(
                some -> parts.add(running ? "some workers are not running: " + some.message() : some.message()));
        if (died > 0) {
            parts.add(died + (died == 1 ? " worker has" : " workers have") + " failed and been replaced, last failure: "
                    + last);
        }
        if (!history.isEmpty()) {
            parts.add(history);
        }
        return parts.isEmpty() ? usual : String.join("; ", parts);
    }
}
