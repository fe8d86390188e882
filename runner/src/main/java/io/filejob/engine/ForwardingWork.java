package io.filejob.engine;

import io.filejob.ledger.SliceResult;
import io.filejob.plan.Stage;
import java.time.Instant;
import java.util.Set;

/** A record of the progress that passes everything on to another one; subclasses add to some of it. */
public abstract class ForwardingWork implements WorkInProgress {
    private final WorkInProgress work;

    /** Creates a record that passes everything on to {@code work}. */
    protected ForwardingWork(WorkInProgress work) {
        this.work = work;
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
    }

    @Override
    public void failed(Stage stage, int slice, Instant begun, Instant ended, RuntimeException problem) {
        work.failed(stage, slice, begun, ended, problem);
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
