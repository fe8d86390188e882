package io.filejob.service.page;

import io.filejob.status.Phase;
import io.filejob.value.EnumNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of jobs.
 *
 * @param filter the filters of the list
 * @param jobs the jobs of the page
 * @param next the cursor of the next page; null for the last one
 * @param refusal why the caller may not list the jobs; empty if that is allowed
 */
record JobList(
        JobFilter filter, List<JobFigures> jobs, @Nullable String next, String refusal) {
    /** Returns whether there is no job at all. */
    public boolean isUnused() {
        return jobs.isEmpty() && !filter.isActive() && filter.after().isEmpty();
    }

    /** Returns the names of all phases. */
    public List<String> phases() {
        return EnumNames.of(Phase.class);
    }

    /** Returns the names of all operations. */
    public List<String> operations() {
        return List.of("average", "aggregate", "ingest", "compressImages");
    }

    /** Returns the URL of the next page. */
    public String nextUrl() {
        return next == null ? "" : filter.url(next);
    }
}
