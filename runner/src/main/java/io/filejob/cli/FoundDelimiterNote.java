package io.filejob.cli;

import io.filejob.log.EventLog;
import io.filejob.oneline.DelimiterName;
import io.filejob.plan.Plan;
import java.util.function.Consumer;

/** Tells the log once which delimiter was found in the input of a job with {@code delimiter: auto}. For one thread. */
final class FoundDelimiterNote implements Consumer<Plan> {
    private final EventLog log;
    private boolean isTold;

    FoundDelimiterNote(EventLog log) {
        this.log = log;
    }

    @Override
    public void accept(Plan plan) {
        char found = plan.fingerprint().cut().delimiter();
        if (found != 0 && !isTold) {
            log.info(
                    "delimiter auto: the fields are separated by " + DelimiterName.describe(Character.toString(found)));
        }
        isTold = true;
    }
}
