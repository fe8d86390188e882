package io.filejob.engine;

import io.filejob.ledger.SliceResult;
import io.filejob.plan.Stage;
import java.time.Instant;
import java.util.Set;

/** Counts the bytes read of the current slice, and passes everything on to another record of the progress. */
public final class CountedWork implements WorkInProgress {
    private final WorkInProgress work;
    private final ReadListener listener;
    private int slice;
    private long bytes;

    /** Receives the number of bytes read of a slice so far, in the thread that read them. */
    @FunctionalInterface
    public interface ReadListener {
        /** Receives that {@code bytes} of {@code slice} have been read. */
        void read(int slice, long bytes);
    }

    /** Creates a work in progress that passes everything on to {@code work}, and reports sums to {@code listener}. */
    public CountedWork(WorkInProgress work, ReadListener listener) {
        this.work = work;
        this.listener = listener;
    }

    @Override
    public void begin(int next) {
        synchronized (this) {
            slice = next;
            bytes = 0;
        }
        work.begin(next);
    }

    @Override
    public synchronized void read(long count) {
        bytes += count;
        listener.read(slice, bytes);
    }

    @Override
    public void finished(Stage stage, SliceResult result, Instant begun, Instant ended) {
        work.finished(stage, result, begun, ended);
    }

    @Override
    public void failed(Stage stage, int failed, Instant begun, Instant ended, RuntimeException problem) {
        work.failed(stage, failed, begun, ended, problem);
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
    public Set<Integer> crashed(int of) {
        return work.crashed(of);
    }
}
