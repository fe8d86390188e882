package io.filejob.storage;

import io.filejob.job.Coverage;
import io.filejob.job.Stage;
import java.util.BitSet;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * What is known of the progress of a job without much reading: nothing is claimed to be done that is not, but what is
 * done may be missing. Not to be changed.
 *
 * @param done the slices that have results, or need none
 * @param wrongStarts those of them that must be done again, with their right starts, as far as that is known here
 * @param failed whether a slice has failed for sure: the ledgers say which and why
 * @param workers W, where the store knows a later one than the worker was started with
 */
public record Look(BitSet done, SortedMap<Integer, Long> wrongStarts, boolean failed, OptionalInt workers) {
    /** All that ledgers tell when they are read. */
    public static Look of(Coverage coverage, OptionalInt workers) {
        BitSet done = coverage.missing();
        done.flip(0, coverage.plan().slices());
        return new Look(done, coverage.wrongStarts(), coverage.failed() != null, workers);
    }

    /** Without a word on starts: those are in the ledgers only. */
    static Look of(BitSet done, boolean failed, OptionalInt workers) {
        return new Look(done, Collections.emptySortedMap(), failed, workers);
    }

    /** Whether all of {@code stage} seems to be done: time to read the ledgers. */
    public boolean covers(Stage stage) {
        int end = stage.first() + stage.slices();
        return done.nextClearBit(stage.first()) >= end
                && wrongStarts.subMap(stage.first(), end).isEmpty();
    }

    /** How many slices need nothing more. */
    public int count() {
        return done.cardinality() - wrongStarts.size();
    }
}
