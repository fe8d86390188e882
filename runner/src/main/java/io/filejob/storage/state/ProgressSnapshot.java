package io.filejob.storage.state;

import io.filejob.coverage.Coverage;
import io.filejob.plan.Stage;
import java.util.BitSet;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * Progress of a job as far as it is known without reading all results: every slice reported as done is done, but some
 * finished slices may be missing. Not to be changed.
 *
 * @param done the slices that have results, or need none
 * @param wrongStarts the slices among them that must be repeated, with their correct starts, as far as the store knows
 * @param failed whether the failure of a slice is certain; the ledgers hold the details
 * @param workers the number of workers W, if the store knows a later one than the worker was started with
 */
public record ProgressSnapshot(BitSet done, SortedMap<Integer, Long> wrongStarts, boolean failed, OptionalInt workers) {
    /** Returns the progress according to all ledgers. */
    public static ProgressSnapshot of(Coverage coverage, OptionalInt workers) {
        BitSet done = coverage.missing();
        done.flip(0, coverage.plan().slices());
        return new ProgressSnapshot(done, coverage.wrongStarts(), coverage.failed() != null, workers);
    }

    /** Returns progress without wrong starts, which only the ledgers hold. */
    public static ProgressSnapshot of(BitSet done, boolean failed, OptionalInt workers) {
        return new ProgressSnapshot(done, Collections.emptySortedMap(), failed, workers);
    }

    /** Returns whether all slices of {@code stage} seem to be done, so that it is time to read the ledgers. */
    public boolean covers(Stage stage) {
        int end = stage.first() + stage.slices();
        return done.nextClearBit(stage.first()) >= end
                && wrongStarts.subMap(stage.first(), end).isEmpty();
    }

    /**
     * Returns whether the work on {@code stage} is based on results that no longer hold: an earlier stage is open again,
     * or some of the slices {@code performed} here are.
     */
    public boolean contradicts(Stage stage, BitSet performed) {
        return !wrongStarts.headMap(stage.first()).isEmpty()
                || !performed.stream().allMatch(done::get);
    }

    /** Returns the number of slices that need no more work. */
    public int count() {
        return done.cardinality() - wrongStarts.size();
    }
}
