package io.filejob.coverage;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.Counts;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Partial;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.Plan;
import io.filejob.plan.Slicing;
import io.filejob.status.RowCounts;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a result fits a plan's slice. Together with the chain of starts and ends that {@link Coverage} follows,
 * this proves that complete results contain each byte of the input once, regardless of the release that wrote them.
 */
final class ResultProof {
    private ResultProof() {}

    /** Throws {@link JobFailedException}, with the ledger and the slice, if {@code result} does not fit {@code plan}. */
    static void check(Plan plan, SliceResult result, Ledger ledger) {
        String problem = problem(plan, result);
        if (problem != null) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "the ledger of worker " + ledger.worker() + ", attempt " + ledger.attempt() + ", holds slice "
                            + result.slice() + ", " + problem
                            + ": it was not written for this plan; start a new job, or finish it with the release that"
                            + " began it");
        }
    }

    /** Returns the contribution of {@code result}; throws {@link JobFailedException} if it is not of {@code type}. */
    static <P extends Partial> P partial(SliceResult result, Class<P> type) {
        if (!type.isInstance(result.partial())) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "a ledger holds slice " + result.slice() + " with the result of another operation ("
                            + result.partial().getClass().getSimpleName() + "): it was not written for this plan;"
                            + " start a new job");
        }
        return type.cast(result.partial());
    }

    private static @Nullable String problem(Plan plan, SliceResult result) {
        if (result.slice() < 0 || result.slice() >= plan.slices()) {
            return "but the plan has " + plan.slices();
        }
        RowCounts rows = result.rows();
        if (rows.used() < 0 || rows.rejected() < 0 || rows.in() != rows.used() + rows.rejected()) {
            return "of whose " + rows.in() + " rows " + rows.used() + " are used and " + rows.rejected() + " rejected";
        }
        if (rows.in() > Counts.MAX || result.lines() < 0 || result.lines() > Counts.MAX) {
            return "which has " + rows.in() + " rows and " + result.lines() + " lines";
        }
        if (result.failure() == null
                && result.partial() instanceof AveragePartial average
                && average.count() > rows.used()) {
            return "with " + average.count() + " numbers in " + rows.used() + " rows";
        }
        if (Stream.concat(result.samples().stream(), Stream.ofNullable(result.failure()))
                .anyMatch(bad -> bad.file() >= plan.slicing().inputs())) {
            return "with a bad record in a file that the plan does not have";
        }
        if (result.slice() >= plan.slicing().slices()) {
            return later(plan.slicing(), result);
        }
        return range(plan.slicing(), result);
    }

    /** A later stage counts no input of its own, and may be at a position in it. */
    private static @Nullable String later(Slicing slicing, SliceResult result) {
        boolean isInside = result.start() >= 0 && result.start() <= slicing.end(slicing.slices() - 1);
        return isInside && result.end() == result.start() && result.bytes() == 0
                ? null
                : "of a later stage, which holds " + result.bytes() + " bytes from " + result.start() + " to "
                        + result.end();
    }

    private static @Nullable String range(Slicing slicing, SliceResult result) {
        long begin = slicing.begin(result.slice());
        long end = slicing.end(result.slice());
        long all = slicing.end(slicing.slices() - 1);
        if (result.start() < begin || result.start() > all) {
            return "which starts at " + result.start() + ", outside of [" + begin + ", " + end + ")";
        }
        if (result.failure() != null) {
            return null;
        }
        if (result.end() < Math.max(result.start(), end) || result.end() > all) {
            return "which ends at " + result.end() + " instead of " + end + " or behind it, up to " + all;
        }
        if (slicing instanceof FileSlicing && result.bytes() != result.end() - result.start()) {
            return "which holds " + result.bytes() + " bytes from " + result.start() + " to " + result.end();
        }
        return null;
    }
}
