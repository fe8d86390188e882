package io.filejob.job;

import io.filejob.model.RowCounts;
import java.util.Arrays;
import java.util.List;

/** Results of slices for tests, and a plan that they fit. */
final class SliceResults {
    static final Cut CUT = new Cut(Cut.PROTOCOL, 10, 0, 0, 0);

    /** One file of 40 bytes in four slices. */
    static final Plan PLAN = new Plan(new Fingerprint("s", "i", CUT), FileSlicingTest.slicing(10, 40), 0, false, false);

    private SliceResults() {}

    static Ledger ledger(String attempt, SliceResult... results) {
        return new Ledger(PLAN.fingerprint().combined(), 0, attempt, Arrays.asList(results));
    }

    static SliceResult certain(int slice, long start, long end) {
        return result(slice, start, end, true);
    }

    static SliceResult guessed(int slice, long start, long end) {
        return result(slice, start, end, false);
    }

    static SliceResult result(int slice, long start, long end, boolean certain) {
        return new SliceResult(
                slice,
                start,
                end,
                certain,
                1,
                end - start,
                new RowCounts(1, 1, 0),
                List.of(),
                null,
                null,
                new AveragePartial("1", 1));
    }

    static SliceResult failed(int slice, long start, boolean certain) {
        return new SliceResult(
                slice,
                start,
                start,
                certain,
                0,
                0,
                RowCounts.NONE,
                List.of(),
                bad(0, 1),
                null,
                new AveragePartial("0", 0));
    }

    /** Returns a bad record; its line is counted from the start of its slice. */
    static Rejection bad(long file, long line) {
        return new Rejection(file, line, false, null, "not a number", "x");
    }
}
