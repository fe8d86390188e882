package io.filejob.service.page;

import io.filejob.ledger.SliceSetCodec;
import io.filejob.service.job.WorkerProgress;

/**
 * A worker as the page of its job shows it.
 *
 * @param progress the progress
 * @param strip its finished slices among those of all workers
 */
record WorkerRow(WorkerProgress progress, SliceStrip strip) {
    static WorkerRow of(WorkerProgress progress, int slices, int workers) {
        return new WorkerRow(
                progress,
                SliceStrip.of(SliceSetCodec.decode(progress.done(), slices), 0, slices, 1.0 / Math.max(1, workers)));
    }

    /** Returns the number of finished slices. */
    public String slices() {
        return Figures.count(progress.slices());
    }

    /** Returns the number of rows of these slices. */
    public String rows() {
        return Figures.count(progress.rows());
    }

    /** Returns the number of bytes of these slices. */
    public String bytes() {
        return Figures.bytes(progress.bytes());
    }
}
