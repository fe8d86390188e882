package io.filejob.cli;

import io.filejob.engine.ForwardingWork;
import io.filejob.engine.WorkInProgress;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.Stage;
import io.filejob.trace.WorkerTrace;
import java.time.Instant;

/** Adds the slices of a worker to its trace. */
final class TracedWork extends ForwardingWork {
    private final WorkerTrace trace;

    /** Creates a work in progress that passes everything on to {@code work}. */
    TracedWork(WorkInProgress work, WorkerTrace trace) {
        super(work);
        this.trace = trace;
    }

    @Override
    public void finished(Stage stage, SliceResult result, Instant begun, Instant ended) {
        super.finished(stage, result, begun, ended);
        trace.finished(stage, result, begun, ended);
    }

    @Override
    public void failed(Stage stage, int slice, Instant begun, Instant ended, RuntimeException problem) {
        super.failed(stage, slice, begun, ended, problem);
        trace.failed(stage, slice, begun, ended, problem);
    }
}
