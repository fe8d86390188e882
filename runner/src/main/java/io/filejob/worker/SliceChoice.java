package io.filejob.worker;

import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Chooses the next slice of a worker: of its own stripe, and then from the far end of the stripe that is furthest behind,
 * so that it meets the stripe's owner as late as possible. Thieves begin at different stripes, so that they rarely
 * meet; if they do, a slice is processed twice, which costs time and does not change the result.
 *
 * @param worker the index of the worker
 * @param workers the number of workers W
 */
record SliceChoice(int worker, int workers) {
    /** Returns the first slice of the worker's own stripe from {@code from} on that is not {@code done}. */
    OptionalInt own(BitSet done, Stage stage, int from) {
        if (worker >= workers) {
            return OptionalInt.empty();
        }
        int slice = from + Math.floorMod(worker - from, workers);
        while (slice < stage.first() + stage.slices() && done.get(slice)) {
            slice += workers;
        }
        return slice < stage.first() + stage.slices() ? OptionalInt.of(slice) : OptionalInt.empty();
    }

    /**
     * Returns an open slice other than the first one of each stripe, which its owner is probably processing. {@code
     * taken} are the slices that the thief has processed since it determined {@code done}.
     */
    OptionalInt fromSlowestStripe(BitSet done, Stage stage, IntPredicate taken) {
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

    /** Returns any open slice, including the first one of a stripe, for use after its owner was given enough time. */
    OptionalInt anyRemaining(BitSet done, Stage stage, IntPredicate taken) {
        return stripes(done, stage, taken).stream()
                .filter(stripe -> !stripe.isEmpty())
                .mapToInt(List::getLast)
                .findFirst();
    }

    /**
     * Returns an open slice of {@code reported}: its owner considered it done, and may have ended long ago, so there is no
     * reason to wait for it.
     */
    static OptionalInt lost(BitSet reported, BitSet done, Stage stage) {
        return reported.stream()
                .filter(slice -> slice >= stage.first() && slice < stage.first() + stage.slices() && !done.get(slice))
                .findFirst();
    }

    /** Returns one of the slices that must be repeated with another start. Thieves begin at different ones. */
    OptionalInt wrong(Collection<Integer> wrongStarts, IntPredicate taken) {
        List<Integer> open =
                wrongStarts.stream().filter(slice -> !taken.test(slice)).toList();
        return open.isEmpty() ? OptionalInt.empty() : OptionalInt.of(open.get(worker % open.size()));
    }

    /** Returns the open slices of each stripe, in order, beginning with the stripe after the thief's. */
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
