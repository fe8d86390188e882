package io.filejob.coverage;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.Tolerated;
import io.filejob.status.RejectedRecord;
import io.filejob.status.RowCounts;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Limits the number of bad records. */
public final class Tolerance {
    private Tolerance() {}

    /**
     * Throws {@link JobFailedException} if {@code coverage}, which must hold all input slices, has more bad records than
     * tolerated.
     */
    public static void check(@Nullable Tolerated tolerated, Coverage coverage) {
        if (tolerated == null) {
            return;
        }
        RowCounts records = coverage.records();
        long rejected = records.rejected();
        boolean tooMany = tolerated.records() != null
                ? rejected > tolerated.records()
                : BigInteger.valueOf(rejected)
                                .multiply(BigInteger.valueOf(100))
                                .compareTo(BigInteger.valueOf(records.in())
                                        .multiply(BigInteger.valueOf(
                                                tolerated.percent() == null ? 0 : tolerated.percent())))
                        > 0;
        if (tooMany) {
            RejectedRecord first = LineNumbers.samples(coverage, 1).getFirst();
            throw new JobFailedException(
                    ExitCode.BAD_INPUT,
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d %s are bad, more than tolerated (%s); the first is %s",
                            rejected,
                            records.in(),
                            records.equals(coverage.rows()) ? "rows" : "rows and images",
                            tolerated.records() != null
                                    ? String.format(Locale.ROOT, "%,d", tolerated.records())
                                    : tolerated.percent() + "%",
                            first.describe()));
        }
    }
}
