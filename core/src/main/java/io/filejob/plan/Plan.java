package io.filejob.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The plan of a job, a pure function of the spec and the listing of its inputs.
 *
 * @param fingerprint identifies the job
 * @param slicing how the input is cut
 * @param reduceSlices the number of parts of a result that is too large to be merged at once; 0 for results that are
 * always small
 * @param reducesAlways whether small results are also reduced in parts
 * @param publishes whether the job writes to a location that the spec names
 */
public record Plan(
        Fingerprint fingerprint, Slicing slicing, int reduceSlices, boolean reducesAlways, boolean publishes) {
    /** Returns the stages in the order of their execution. */
    public List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage(Stage.Kind.MAP, 0, slicing.slices()));
        if (reduceSlices > 0) {
            stages.add(new Stage(Stage.Kind.REDUCE, slicing.slices(), reduceSlices));
        }
        if (publishes) {
            stages.add(new Stage(Stage.Kind.PUBLISH, slicing.slices() + reduceSlices, 1));
        }
        return List.copyOf(stages);
    }

    /** Returns the number of slices of all stages. */
    public int slices() {
        return slicing.slices() + reduceSlices + (publishes ? 1 : 0);
    }

    /**
     * Returns the slices of {@code stage} that belong to the stripe of worker {@code worker} of {@code workers}: every
     * W-th.
     */
    public static IntStream stripe(Stage stage, int worker, int workers) {
        int offset = Math.floorMod(worker - stage.first(), workers);
        return IntStream.iterate(offset, i -> i < stage.slices(), i -> i + workers)
                .map(i -> stage.first() + i);
    }
}
