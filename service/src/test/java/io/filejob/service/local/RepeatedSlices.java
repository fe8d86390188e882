package io.filejob.service.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.ledger.SliceSetCodec;
import io.filejob.service.job.WorkerProgress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Checks that a continued job repeats no slice that was done before. */
final class RepeatedSlices {
    private RepeatedSlices() {}

    /**
     * Asserts that the attempts {@code before} the interruption are kept as they were, and that the later ones among {@code
     * after} did all other slices of the job, and none of theirs. Two workers that run at the same time may both do a
     * slice at the end of a stage, so sums say nothing.
     */
    static void assertNone(List<WorkerProgress> before, List<WorkerProgress> after, int slices) {
        assertThat(after).containsAll(before);
        List<WorkerProgress> later = new ArrayList<>(after);
        later.removeAll(before);
        BitSet earlier = done(before, slices);
        BitSet repeated = done(later, slices);
        repeated.and(earlier);
        assertThat(repeated.stream()).as("repeated slices").isEmpty();
        assertThat(done(after, slices).cardinality()).isEqualTo(slices);
    }

    private static BitSet done(List<WorkerProgress> workers, int slices) {
        BitSet done = new BitSet();
        workers.forEach(worker -> done.or(SliceSetCodec.decode(worker.done(), slices)));
        return done;
    }
}
