package io.filejob.job;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is to be done, a pure function of the spec and the listing of its inputs.
 *
 * @param fingerprint what job this is
 * @param slicing how the input is cut
 * @param reduceSlices into how many parts a result is divided that is too large to be merged at once; 0 for results that
 *     are always small
 * @param reducesAlways whether that is done for small results, too
 * @param publishes whether something is written to a place of the user's
 */
public record Plan(
        Fingerprint fingerprint, Slicing slicing, int reduceSlices, boolean reducesAlways, boolean publishes) {
    /** In the order in which they are done. */
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

    /** The slices of all stages. */
    public int slices() {
        return slicing.slices() + reduceSlices + (publishes ? 1 : 0);
    }

    /** The slices of {@code stage} that worker {@code worker} of {@code workers} begins with: every W-th. */
    public static IntStream stripe(Stage stage, int worker, int workers) {
        int offset = Math.floorMod(worker - stage.first(), workers);
        return IntStream.iterate(offset, i -> i < stage.slices(), i -> i + workers)
                .map(i -> stage.first() + i);
    }
}
