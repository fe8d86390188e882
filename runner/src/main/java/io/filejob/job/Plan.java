package io.filejob.job;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What is to be done, a pure function of the spec and the listing of its inputs.
 *
 * @param fingerprint what job this is
 * @param slicing how the input is cut
 * @param publishes whether the result is also written to a file
 */
public record Plan(Fingerprint fingerprint, Slicing slicing, boolean publishes) {
    /** In the order in which they are done. */
    public List<Stage> stages() {
        Stage map = new Stage(Stage.Kind.MAP, 0, slicing.slices());
        return publishes ? List.of(map, new Stage(Stage.Kind.PUBLISH, slicing.slices(), 1)) : List.of(map);
    }

    /** The slices of all stages. */
    public int slices() {
        return slicing.slices() + (publishes ? 1 : 0);
    }

    /** The slices of {@code stage} that worker {@code worker} of {@code workers} begins with: every W-th. */
    public static IntStream stripe(Stage stage, int worker, int workers) {
        int offset = Math.floorMod(worker - stage.first(), workers);
        return IntStream.iterate(offset, i -> i < stage.slices(), i -> i + workers)
                .map(i -> stage.first() + i);
    }
}
