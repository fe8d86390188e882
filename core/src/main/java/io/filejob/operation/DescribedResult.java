package io.filejob.operation;

import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.ledger.PublishedPartial;
import io.filejob.plan.Stage;
import io.filejob.status.JobResult;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of a complete job with a message for people.
 *
 * @param result the result, with its digest
 * @param message one sentence, without a period
 */
public record DescribedResult(JobResult result, String message) {
    /** Returns a result with the location, size and digest of the published output or, if there is none, its own digest. */
    public static DescribedResult of(FileJobSpec spec, Coverage coverage, JobResult result, String message) {
        PublishedPartial published = published(spec, coverage);
        return new DescribedResult(
                published == null || spec.output() == null
                        ? result.digested()
                        : result.putTo(spec.output().location(), published.bytes(), published.digest()),
                message);
    }

    /** Returns the published output; null if the spec asks for none. */
    public static @Nullable PublishedPartial published(FileJobSpec spec, Coverage coverage) {
        Stage last = coverage.plan().stages().getLast();
        return spec.output() == null
                ? null
                : coverage.partials(last, PublishedPartial.class).getFirst();
    }

    /** Returns the number of input files and of rejected records, as {@code 3 files, 2 rejected}. */
    public static String files(Coverage coverage) {
        long inputs = coverage.plan().slicing().inputs();
        long rejected = coverage.rows().rejected();
        return String.format(Locale.ROOT, "%,d %s", inputs, inputs == 1 ? "file" : "files")
                + (rejected == 0 ? "" : String.format(Locale.ROOT, ", %,d rejected", rejected));
    }

    /** Returns the number of used rows, as {@code 1,204 rows}. */
    public static String rows(Coverage coverage) {
        long rows = coverage.rows().used();
        return String.format(Locale.ROOT, "%,d %s", rows, rows == 1 ? "row" : "rows");
    }
}
