package io.filejob.service.page;

import io.filejob.ledger.SliceSetCodec;
import io.filejob.service.job.WorkerProgress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The progress of a stage.
 *
 * @param name the task of its slices
 * @param slices the number of its slices
 * @param done the number of its finished slices
 * @param strip its slices
 */
record StageProgress(String name, int slices, int done, SliceStrip strip) {
    /** The line of a stage in the description of a plan. */
    private static final Pattern LINE = Pattern.compile("stage +(.+): ([0-9,]+) slices?");

    /** Returns the stages that {@code plan} describes; a job without such a description has one. */
    static List<StageProgress> of(List<String> plan, int slices, List<WorkerProgress> workers) {
        BitSet done = new BitSet(slices);
        workers.forEach(worker -> done.or(SliceSetCodec.decode(worker.done(), slices)));
        List<StageProgress> stages = new ArrayList<>();
        int first = 0;
        for (String line : plan) {
            Matcher stage = LINE.matcher(line);
            if (stage.matches()) {
                int count = Integer.parseInt(stage.group(2).replace(",", ""));
                stages.add(of(stage.group(1), done, first, count));
                first += count;
            }
        }
        return first == slices ? stages : List.of(of("all slices", done, 0, slices));
    }

    private static StageProgress of(String name, BitSet done, int first, int count) {
        return new StageProgress(
                name, count, done.get(first, first + count).cardinality(), SliceStrip.of(done, first, count, 1));
    }

    /** Returns the number of finished and of all slices. */
    public String figures() {
        return Figures.count(done) + " of " + Figures.count(slices) + (slices == 1 ? " slice" : " slices");
    }

    /** Returns whether all slices are finished. */
    public boolean isDone() {
        return done == slices;
    }
}
