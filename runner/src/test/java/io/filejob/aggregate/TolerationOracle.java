package io.filejob.aggregate;

import io.filejob.spec.Tolerated;
import io.filejob.status.RejectedRecord;
import io.filejob.status.RowCounts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The number of bad records that fails a job. */
final class TolerationOracle {
    private TolerationOracle() {}

    /** Returns the job's failure, if it fails. */
    static Optional<String> check(@Nullable Tolerated tolerated, RowCounts rows, List<RejectedRecord> rejected) {
        if (tolerated == null) {
            return Optional.empty();
        }
        Long records = tolerated.records();
        Integer percent = tolerated.percent();
        boolean tooMany = records != null
                ? rows.rejected() > records
                : percent != null && rows.rejected() * 100 > rows.in() * percent;
        return !tooMany
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%,d of %,d rows are bad, more than tolerated (%s); the first is %s",
                        rows.rejected(),
                        rows.in(),
                        records != null ? String.format(Locale.ROOT, "%,d", records) : percent + "%",
                        rejected.getFirst().describe()));
    }
}
