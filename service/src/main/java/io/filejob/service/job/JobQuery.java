package io.filejob.service.job;

import io.filejob.status.Phase;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query for a page of jobs; absent conditions hold for all jobs.
 *
 * @param namespace the namespace; null for all that the caller may list
 * @param phases the phases; empty for all
 * @param operation the name of the operation's field in the spec, for example {@code average}
 * @param text a text that occurs in the name, ignoring case
 * @param since the time after which the jobs were created
 * @param limit the maximum number of jobs, 1 to {@value #MAX_LIMIT}
 * @param after the cursor of the previous page
 */
public record JobQuery(
        @Nullable String namespace,
        Set<Phase> phases,
        @Nullable String operation,
        @Nullable String text,
        @Nullable Instant since,
        int limit,
        @Nullable String after) {
    /** The maximum of {@code limit}. */
    public static final int MAX_LIMIT = 500;

    /** The default of {@code limit}. */
    public static final int DEFAULT_LIMIT = 50;

    /** Returns a query for the first page of all jobs. */
    public static JobQuery all() {
        return new JobQuery(null, Set.of(), null, null, null, DEFAULT_LIMIT, null);
    }
}
