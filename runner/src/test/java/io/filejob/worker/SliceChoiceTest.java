package io.filejob.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.plan.Cut;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SliceChoiceTest {
    private static final Cut CUT = new Cut(Cut.PROTOCOL, 10, 0, 0, 0);

    /** Twelve slices; of four workers, 0 has 0 4 8, 1 has 1 5 9, 2 has 2 6 10, 3 has 3 7 11. */
    private static final Plan PLAN = new Plan(
            new Fingerprint("s", "i", CUT), new FileSlicing(List.of(new InputFile("/f", 12, "0")), 1), 0, false, false);

    private static final Stage STAGE = PLAN.stages().getFirst();

    @Test
    void takesTheFarEndOfTheStripeThatIsFurthestBehind() {
        BitSet done = done(0, 4, 8, 1, 5, 3, 7, 11);
        assertThat(new SliceChoice(0, 4).fromSlowestStripe(done, STAGE, _ -> false))
                .hasValue(10);
    }

    @Test
    void leavesTheSliceThatItsOwnerIsLikelyAt() {
        BitSet done = done(0, 4, 8, 1, 5, 2, 6, 3, 7);
        assertThat(new SliceChoice(0, 4).fromSlowestStripe(done, STAGE, _ -> false))
                .isEmpty();
        assertThat(new SliceChoice(0, 4).anyRemaining(done, STAGE, _ -> false)).hasValue(9);
    }

    @Test
    void thievesBeginAtDifferentSlices() {
        BitSet done = done(0, 4, 8, 1, 5, 9, 2, 6, 10);
        assertThat(new SliceChoice(0, 4).fromSlowestStripe(done, STAGE, _ -> false))
                .hasValue(11);
        assertThat(new SliceChoice(1, 4).fromSlowestStripe(done, STAGE, _ -> false))
                .hasValue(7);
        BitSet last = done(0, 4, 8, 1, 5, 9);
        assertThat(new SliceChoice(0, 4).anyRemaining(last, STAGE, slice -> slice % 4 == 3))
                .hasValue(10);
    }

    @Test
    void doesNotTakeASliceTwice() {
        BitSet done = done(0, 4, 8, 1, 5, 3, 7, 11);
        assertThat(new SliceChoice(0, 4).fromSlowestStripe(done, STAGE, slice -> slice == 10))
                .isNotEqualTo(OptionalInt.of(10));
    }

    @Test
    void thereIsNothingToTakeWhenAllIsDone() {
        BitSet done = done(IntStream.range(0, 12).toArray());
        assertThat(new SliceChoice(3, 4).fromSlowestStripe(done, STAGE, _ -> false))
                .isEmpty();
        assertThat(new SliceChoice(3, 4).anyRemaining(done, STAGE, _ -> false)).isEmpty();
    }

    private static BitSet done(int... slices) {
        BitSet done = new BitSet();
        IntStream.of(slices).forEach(done::set);
        return done;
    }
}
