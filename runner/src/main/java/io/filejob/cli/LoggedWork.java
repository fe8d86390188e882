package io.filejob.cli;

import io.filejob.engine.ForwardingWork;
import io.filejob.engine.WorkInProgress;
import io.filejob.ledger.SliceResult;
import io.filejob.log.EventLog;
import io.filejob.log.LogField;
import io.filejob.log.LogLevel;
import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Adds stage and slice in progress to the events of a worker, and an event for each finished slice. */
final class LoggedWork extends ForwardingWork {
    private final Plan plan;
    private final EventLog log;

    /** Creates a work in progress that passes everything on to {@code work}. */
    LoggedWork(WorkInProgress work, Plan plan, EventLog log) {
        super(work);
        this.plan = plan;
        this.log = log;
    }

    @Override
    public void begin(int slice) {
        for (Stage stage : plan.stages()) {
            if (slice >= stage.first() && slice < stage.first() + stage.slices()) {
                log.set(LogField.STAGE, name(stage));
            }
        }
        log.set(LogField.SLICE, Integer.toString(slice));
        super.begin(slice);
    }

    private static String name(Stage stage) {
        return stage.kind().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void finished(Stage stage, SliceResult result, Instant begun, Instant ended) {
        if (log.writes(LogLevel.DEBUG)) {
            log.debug(String.format(
                    Locale.ROOT,
                    "slice %d of %s: %,d rows, %,d bytes in %,d ms",
                    result.slice(),
                    name(stage),
                    result.rows().in(),
                    result.bytes(),
                    Duration.between(begun, ended).toMillis()));
        }
        log.set(LogField.STAGE, null);
        log.set(LogField.SLICE, null);
        super.finished(stage, result, begun, ended);
    }
}
