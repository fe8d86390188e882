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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The tables that the caller's jobs have loaded. */
@Path("/api/v1/tables")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Tables")
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
    @Operation(
            operationId = "listTables",
            summary = "List tables",
            description =
                    "Lists the tables that jobs with the operation ingest have loaded, and their aggregated tables.")
    public String list(
            @Parameter(description = "The namespace of the jobs; all if absent.") @QueryParam("namespace") @Nullable
                    String namespace) {
        return Json.pretty(Map.of("items", LoadedTables.all(jobs(), namespace)));
    }

    /** Returns a page of the rows of a table. */
    @GET
    @Path("{table}/rows")
    @Operation(
            operationId = "listTableRows",
            summary = "Read rows of a table",
            description = "Reads a page of rows in a read-only transaction, with the Secret that the job names.")
    public String rows(
            @Parameter(description = "The table as in the manifest: name or schema.name.") @PathParam("table")
                    String table,
            @Parameter(description = "The namespace of the job that has loaded the table.")
                    @QueryParam("namespace")
                    @Nullable
                    String namespace,
            @Parameter(description = "The name of the job, if several databases have a table of this name.")
                    @QueryParam("job")
                    @Nullable
                    String job,
            @Parameter(description = "The column to sort by, after - for descending order. Default: the keys.")
                    @QueryParam("order")
                    @Nullable
                    String order,
            @Parameter(description = "The column to search. Default: the first key.") @QueryParam("column") @Nullable
                    String column,
            @Parameter(description = "The text with which the value of the column begins.")
                    @QueryParam("prefix")
                    @Nullable
                    String prefix,
            @Parameter(description = "The maximum number of rows, 1 to 500.")
                    @QueryParam("limit")
                    @DefaultValue("" + JobQuery.DEFAULT_LIMIT)
                    int limit,
            @Parameter(description = "The value of next in the previous page.") @QueryParam("after") @Nullable
                    String after) {
        if (limit < 1 || limit > JobQuery.MAX_LIMIT) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "limit: " + limit + " is not between 1 and " + JobQuery.MAX_LIMIT);
        }
        Jobs jobs = jobs();
        LoadedTable found = LoadedTables.find(jobs, namespace, table, job);
        return Json.pretty(rows.read(jobs, found, order, column, prefix, limit, after));
    }
}
