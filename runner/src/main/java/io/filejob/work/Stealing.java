package io.filejob.work;

import io.filejob.job.Plan;
import io.filejob.job.Stage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Which slice a worker takes when its own stripe is done: from the far end of the stripe that is furthest behind, so that
 * it meets the stripe's owner as late as possible. Thieves begin at different places, so that they meet each other
 * rarely; where they do, a slice is done twice, which costs time and changes nothing.
 *
 * @param worker the thief
 * @param workers W
 */
record Stealing(int worker, int workers) {
    /**
     * A slice nobody has, but for the first of each stripe, which its owner is likely to be at. {@code taken} are those
     * that the thief has done since it looked and found {@code done}.
     */
    OptionalInt behind(BitSet done, Stage stage, IntPredicate taken) {
        List<Integer> most = List.of();
        for (List<Integer> stripe : stripes(done, stage, taken)) {
            if (stripe.size() > 1 && stripe.size() > most.size()) {
                most = stripe;
            }
        }
        return most.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(most.get(most.size() - 1 - worker % (most.size() - 1)));
    }

    /** A slice nobody has, its owner's next one too: for when that owner has been waited for long enough. */
    OptionalInt any(BitSet done, Stage stage, IntPredicate taken) {
        return stripes(done, stage, taken).stream()
                .filter(stripe -> !stripe.isEmpty())
                .mapToInt(List::getLast)
                .findFirst();
    }

    /** What each stripe lacks, in order, beginning with the stripe after the thief's. */
    private List<List<Integer>> stripes(BitSet done, Stage stage, IntPredicate taken) {
        List<List<Integer>> stripes = new ArrayList<>();
        for (int i = 1; i <= workers; i++) {
            List<Integer> lacking = Plan.stripe(stage, (worker + i) % workers, workers)
                    .filter(slice -> !done.get(slice) && !taken.test(slice))
                    .boxed()
                    .toList();
            stripes.add(lacking);
        }
        return stripes;
    }
}
