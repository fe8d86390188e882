package io.filejob.service.page;

import io.filejob.service.access.CallerOf;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.Jobs;
import io.filejob.service.table.LoadedTable;
import io.filejob.service.table.LoadedTables;
import io.filejob.service.table.TableRowsPage;
import io.filejob.service.table.TableRowsReader;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tables that jobs have loaded: their rows, and beside them their aggregated tables. */
@Path("/tables")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class TablesPage {
    private static final int ROWS = 25;
    private static final int AGGREGATES = 15;

    private final TableRowsReader reader = new TableRowsReader();
    private final JobHost host;
    private final RoutingContext request;
    private final PageNamespaces namespaces;

    TablesPage(JobHost host, RoutingContext request, PageNamespaces namespaces) {
        this.namespaces = namespaces;
        this.host = host;
        this.request = request;
    }

    /** Returns the page of one table, or only its rows for a script. */
    @GET
    public TemplateInstance show(@Context UriInfo uri, @HeaderParam("HX-Request") @Nullable String script) {
        Jobs jobs = host.jobs(CallerOf.request(request));
        List<LoadedTable> tables = namespaces.list(chosen -> LoadedTables.all(jobs, chosen));
        if (tables.isEmpty()) {
            return PageTemplates.noTables();
        }
        String table = value(uri, "table");
        String job = value(uri, "job");
        LoadedTable current =
                table == null ? tables.getFirst() : LoadedTables.find(jobs, namespaces.chosen(), table, job);
        TableRowsPage rows =
                reader.read(jobs, current, value(uri, "order"), null, value(uri, "prefix"), ROWS, value(uri, "after"));
        List<TableRowsPage> aggregates = tables.stream()
                .filter(each -> each.kind() == LoadedTable.TableKind.AGGREGATES
                        && each.job().equals(current.job())
                        && each.namespace().equals(current.namespace())
                        && !each.equals(current))
                .map(each -> reader.read(jobs, each, null, null, null, AGGREGATES, null))
                .toList();
        TablesView view = new TablesView(
                tables,
                rows,
                aggregates,
                Objects.requireNonNullElse(value(uri, "prefix"), ""),
                value(uri, "after") != null);
        return script == null ? PageTemplates.tables(view) : PageTemplates.tables$rows(view);
    }

    private static @Nullable String value(UriInfo uri, String name) {
        String value = uri.getQueryParameters().getFirst(name);
        return value == null || value.isBlank() ? null : value;
    }
}
