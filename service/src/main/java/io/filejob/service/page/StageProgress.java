package io.filejob.service.page;

import io.filejob.ledger.SliceSetCodec;
import io.filejob.operation.JobOperation;
import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import io.filejob.service.job.WorkerProgress;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The progress of a stage.
 *
 * @param name the task of its slices
 * @param slices the number of its slices
 * @param done the number of its finished slices
 * @param isSkipped whether the result was so small that the stage was not needed
 * @param strip its slices
 */
record StageProgress(String name, int slices, int done, boolean isSkipped, SliceStrip strip) {
    /** Returns the stages of a job; without a plan they are one. */
    static List<StageProgress> of(JobFigures job, Optional<Plan> plan, List<WorkerProgress> workers) {
        BitSet done = new BitSet(job.slices());
        workers.forEach(worker -> done.or(SliceSetCodec.decode(worker.done(), job.slices())));
        if (job.isComplete() && workers.isEmpty()) {
            // A cluster deletes the ledgers of a complete job.
            done.set(0, job.slices());
        }
        if (plan.isEmpty() || plan.get().slices() != job.slices()) {
            return List.of(of("all slices", done, new Stage(Stage.Kind.MAP, 0, job.slices()), false));
        }
        JobOperation<?> operation = JobOperation.of(job.job().spec());
        return plan.get().stages().stream()
                .map(stage ->
                        of(operation.describe(stage.kind()), done, stage, isSkipped(plan.get(), stage, done, job)))
                .toList();
    }

    private static boolean isSkipped(Plan plan, Stage stage, BitSet done, JobFigures job) {
        int end = stage.first() + stage.slices();
        return stage.kind() == Stage.Kind.REDUCE
                && !plan.reducesAlways()
                && done.get(stage.first(), end).isEmpty()
                && (job.isComplete() || done.nextSetBit(end) >= 0);
    }

    private static StageProgress of(String name, BitSet done, Stage stage, boolean isSkipped) {
        int first = stage.first();
        int count = stage.slices();
        return new StageProgress(
                name,
                count,
                done.get(first, first + count).cardinality(),
                isSkipped,
                SliceStrip.of(done, first, count, 1));
    }

    /** Returns the number of finished and of all slices. */
    public String figures() {
        return isSkipped
                ? "not needed"
                : Figures.count(done) + " of " + Figures.count(slices) + (slices == 1 ? " slice" : " slices");
    }
}
