package io.filejob.cli;

import io.filejob.engine.WorkInProgress;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.Stage;
import io.filejob.trace.WorkerTrace;
import java.time.Instant;
import java.util.Set;

/** Adds the slices of a worker to its trace. */
final class TracedWork implements WorkInProgress {
    private final WorkInProgress work;
    private final WorkerTrace trace;

    /** Creates a work in progress that passes everything on to {@code work}. */
    TracedWork(WorkInProgress work, WorkerTrace trace) {
        this.work = work;
        this.trace = trace;
    }

    @Override
    public void begin(int slice) {
        work.begin(slice);
    }

    @Override
    public void read(long bytes) {
        work.read(bytes);
    }

    @Override
    public void finished(Stage stage, SliceResult result, Instant begun, Instant ended) {
        work.finished(stage, result, begun, ended);
        trace.finished(stage, result, begun, ended);
    }

    @Override
    public void failed(Stage stage, int slice, Instant begun, Instant ended, RuntimeException problem) {
        work.failed(stage, slice, begun, ended, problem);
        trace.failed(stage, slice, begun, ended, problem);
    }

    @Override
    public void beginItem(int item) {
        work.beginItem(item);
    }

    @Override
    public void endItem() {
        work.endItem();
    }

    @Override
    public Set<Integer> crashed(int slice) {
        return work.crashed(slice);
    }
}
