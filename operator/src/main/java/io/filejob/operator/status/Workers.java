package io.filejob.operator.status;

import io.filejob.operator.observe.Deaths;
import io.filejob.operator.observe.Observation;
import io.filejob.operator.observe.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the workers of a job that is not over are, beside how many of them are running: what keeps some from starting, what
 * others have died of, and how often their Job was replaced.
 */
record Workers(Optional<Trouble> trouble, int died, String last, String history, boolean running) {
    static Workers of(Observation seen) {
        Deaths deaths = new Deaths(seen.pods());
        return new Workers(
                Trouble.of(seen),
                deaths.count(),
                deaths.last(),
                Replacement.history(seen),
                ChildJob.ready(seen.child()) > 0);
    }

    /** One word, {@code usual} if there is nothing to report. */
    String reason(String usual) {
        if (trouble.isPresent()) {
            return trouble.get().reason();
        }
        if (running) {
            return usual;
        }
        return died > 0 ? "WorkersFailing" : history.isEmpty() ? usual : "JobReplaced";
    }

    /** For people, {@code usual} if there is nothing to report. */
    String message(String usual) {
        List<String> parts = new ArrayList<>();
        trouble.ifPresent(
                some -> parts.add(running ? "some workers are not running: " + some.message() : some.message()));
        if (died > 0) {
            parts.add(died + (died == 1 ? " worker has" : " workers have") + " failed and been replaced, the last one: "
                    + last);
        }
        if (!history.isEmpty()) {
            parts.add(history);
        }
        return parts.isEmpty() ? usual : String.join("; ", parts);
    }
}
