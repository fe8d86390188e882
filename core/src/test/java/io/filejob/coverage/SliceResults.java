package io.filejob.coverage;

import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Rejection;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.Cut;
import io.filejob.plan.FileSlicingTest;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.Plan;
import io.filejob.status.RowCounts;
import java.util.Arrays;

/** Results of slices for tests, and a plan that they fit. */
public final class SliceResults {
    public static final Cut CUT = new Cut(Cut.PROTOCOL, 10, 0, 0, 0);

    /** One file of 40 bytes in four slices. */
    public static final Plan PLAN =
            new Plan(new Fingerprint("s", "i", CUT), FileSlicingTest.slicing(10, 40), 0, false, false);

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
        return SliceResult.builder(slice, start, end, new AveragePartial("1", 1))
                .certain(certain)
                .lines(1)
                .bytes(end - start)
                .rows(new RowCounts(1, 1, 0))
                .build();
    }

    static SliceResult failed(int slice, long start, boolean certain) {
        return SliceResult.builder(slice, start, start, new AveragePartial("0", 0))
                .certain(certain)
                .failure(bad(0, 1))
                .build();
    }

    /** Returns a bad record; its line is counted from the start of its slice. */
    static Rejection bad(long file, long line) {
        return new Rejection(file, line, false, null, "not a number", "x");
    }
}
