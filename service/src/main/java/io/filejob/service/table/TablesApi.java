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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables that the caller's jobs have loaded. */
@Path("/api/v1/tables")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TablesApi {
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
            @QueryParam("limit") @DefaultValue("" + JobQuery.DEFAULT_LIMIT) int limit,
            @QueryParam("after") @Nullable String after) {
        if (limit < 1 || limit > JobQuery.MAX_LIMIT) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "limit: " + limit + " is not between 1 and " + JobQuery.MAX_LIMIT);
        }
        Jobs jobs = jobs();
        LoadedTable found = LoadedTables.find(jobs, namespace, table, job);
        return Json.pretty(rows.read(jobs, found, order, column, prefix, limit, after));
    }
}
