package io.filejob.service.table;

import io.filejob.service.access.CallerOf;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.JobQuery;
import io.filejob.service.job.Jobs;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.value.Json;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tables that the caller's jobs have loaded. */
@Path("/api/v1/tables")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TablesApi {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final TableRowsReader rows = new TableRowsReader();

    @Inject
    JobHost host;

    @Inject
    RoutingContext request;

    private Jobs jobs() {
        return host.jobs(CallerOf.request(request));
    }

    /** Returns the tables, the latest first. */
    @GET
    public String list(@QueryParam("namespace") @Nullable String namespace) {
        return Json.pretty(Map.of("items", LoadedTables.all(jobs(), namespace)));
    }

    /** Returns a page of the rows of a table. */
    @GET
    @Path("{table}/rows")
    public String rows(
            @PathParam("table") String table,
            @QueryParam("namespace") @Nullable String namespace,
            @QueryParam("job") @Nullable String job,
            @QueryParam("order") @Nullable String order,
            @QueryParam("column") @Nullable String column,
            @QueryParam("prefix") @Nullable String prefix,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        int count = limit(limit);
        Jobs jobs = jobs();
        LoadedTable found = LoadedTables.find(jobs, namespace, table, job);
        return Json.pretty(rows.read(jobs, found, order, column, prefix, count, after));
    }

    private static int limit(@Nullable String value) {
        if (value == null) {
            return JobQuery.DEFAULT_LIMIT;
        }
        int limit = NUMBER.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (limit < 1 || limit > JobQuery.MAX_LIMIT) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "limit: not valid (" + value + "); use a number from 1 to " + JobQuery.MAX_LIMIT);
        }
        return limit;
    }
}
