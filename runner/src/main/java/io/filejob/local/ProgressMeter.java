package io.filejob.local;

import io.filejob.coverage.Coverage;
import io.filejob.ledger.GroupsPartial;
import io.filejob.ledger.ReducedPartial;
import io.filejob.ledger.SliceResult;
import io.filejob.ledger.SpillFile;
import io.filejob.operation.JobOperation;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Estimates how much of the work of a run is done. The unit of work is a byte that is read, of the input or of partial
 * results; the work of stages whose size is not known yet follows from the slices that are finished. For one thread.
 */
final class ProgressMeter {
    /** The part of the whole that a last stage of unknown size counts for. */
    private static final double PUBLISH = 0.02;
    /** Copying a byte of a partial result takes less time than aggregating one. */
    private static final double COPY = 0.25;
    /** Only a complete job is done. */
    private static final double ALMOST = 0.999;

    private final JobOperation<?> operation;
    private final SlicesInFlight inFlight;
    private double best;
    private long rows;
    private int step = 1;
    private long stepDone;

    ProgressMeter(JobOperation<?> operation, SlicesInFlight inFlight) {
        this.operation = operation;
        this.inFlight = inFlight;
    }

    /** The work of one stage: {@code done} of {@code total}, which are bytes or slices, and its weight in the whole. */
    private record StageWork(long done, long total, boolean isBytes, double weight) {
        double part() {
            return total == 0 ? 0 : weight * done / total;
        }
    }

    /** Returns the progress of a run whose finished slices are those of {@code coverage}. */
    RunProgress measure(Coverage coverage) {
        List<Stage> stages = coverage.plan().stages();
        List<StageWork> works = works(coverage, stages);
        double all = works.stream().mapToDouble(StageWork::weight).sum();
        double done = works.stream().mapToDouble(StageWork::part).sum();
        boolean complete = coverage.isComplete();
        best = Math.max(best, complete ? 1 : Math.min(ALMOST, all == 0 ? 0 : done / all));
        int current = 0;
        while (current < stages.size() - 1 && coverage.isComplete(stages.get(current))) {
            current++;
        }
        StageWork work = works.get(current);
        stepDone = step == current + 1 ? Math.max(stepDone, work.done()) : work.done();
        step = current + 1;
        rows = Math.max(rows, rows(coverage, works.getFirst()));
        return new RunProgress(
                coverage,
                best,
                step,
                stages.size(),
                Math.min(stepDone, work.total()),
                work.total(),
                work.isBytes(),
                rows);
    }

    private List<StageWork> works(Coverage coverage, List<Stage> stages) {
        List<StageWork> works = new ArrayList<>();
        for (Stage stage : stages) {
            works.add(
                    switch (stage.kind()) {
                        case MAP -> map(coverage, stage);
                        case REDUCE -> reduce(coverage, stage, works.getFirst());
                        case PUBLISH -> publish(coverage, stage, works);
                    });
        }
        return works;
    }

    private StageWork map(Coverage coverage, Stage stage) {
        if (!(coverage.plan().slicing() instanceof FileSlicing files)) {
            int done = finished(coverage, stage);
            return new StageWork(done, stage.slices(), false, stage.slices());
        }
        long done = 0;
        for (int slice = 0; slice < stage.slices(); slice++) {
            done += done(coverage, slice, owned(files, slice));
        }
        return new StageWork(done, files.bytes(), true, files.bytes());
    }

    /** Returns the number of bytes of the files, or parts of files, that {@code slice} reads. */
    private static long owned(FileSlicing files, int slice) {
        long end = slice + 1 < files.slices() ? files.firstOwned(slice + 1) : files.bytes();
        return Math.max(0, Math.min(end, files.bytes()) - files.firstOwned(slice));
    }

    private long done(Coverage coverage, int slice, long bytes) {
        return isFinished(coverage, slice) ? bytes : Math.min(bytes, inFlight.bytes(slice));
    }

    private static boolean isFinished(Coverage coverage, int slice) {
        return !coverage.isMissing(slice) && !coverage.wrongStarts().containsKey(slice);
    }

    private static int finished(Coverage coverage, Stage stage) {
        int finished = 0;
        for (int slice = stage.first(); slice < stage.first() + stage.slices(); slice++) {
            finished += isFinished(coverage, slice) ? 1 : 0;
        }
        return finished;
    }

    /** Returns the work of merging what was spilled, or of a stage that processes the whole input again. */
    private StageWork reduce(Coverage coverage, Stage stage, StageWork map) {
        Plan plan = coverage.plan();
        if (plan.reducesAlways()) {
            double weight = map.total() * operation.reduceEffort();
            if (map.isBytes()
                    && stage.slices() == plan.slicing().slices()
                    && plan.slicing() instanceof FileSlicing files) {
                long done = 0;
                for (int slice = 0; slice < stage.slices(); slice++) {
                    done += done(coverage, stage.first() + slice, owned(files, slice));
                }
                return new StageWork(done, map.total(), true, weight);
            }
            return new StageWork(finished(coverage, stage), stage.slices(), false, weight);
        }
        long covered = 0;
        long spilled = 0;
        for (SliceResult result : coverage.results()) {
            if (result.partial() instanceof GroupsPartial groups) {
                covered += result.bytes();
                spilled += groups.runs().stream().mapToLong(SpillFile::bytes).sum();
            }
        }
        boolean known = coverage.isComplete(plan.stages().getFirst());
        long total = known || covered == 0 ? spilled : (long) ((double) spilled * map.total() / covered);
        long done = 0;
        if (known && spilled > 0) {
            long each = Math.ceilDiv(total, stage.slices());
            for (int slice = stage.first(); slice < stage.first() + stage.slices(); slice++) {
                done += done(coverage, slice, each);
            }
        }
        return new StageWork(Math.min(done, total), total, true, total);
    }

    private StageWork publish(Coverage coverage, Stage stage, List<StageWork> before) {
        long parts = 0;
        for (SliceResult result : coverage.results()) {
            parts += result.partial() instanceof ReducedPartial part ? part.bytes() : 0;
        }
        boolean isReduced = before.stream().allMatch(work -> work.done() >= work.total());
        double weight = PUBLISH * before.stream().mapToDouble(StageWork::weight).sum();
        if (isReduced && parts > 0) {
            return new StageWork(done(coverage, stage.first(), parts), parts, true, Math.max(weight, COPY * parts));
        }
        return new StageWork(finished(coverage, stage), 1, false, weight);
    }

    private static long rows(Coverage coverage, StageWork map) {
        long finished = coverage.rows().in();
        long bytes = coverage.bytes();
        if (!map.isBytes() || bytes == 0) {
            return finished;
        }
        return finished + (long) ((double) finished / bytes * Math.max(0, map.done() - bytes));
    }
}
