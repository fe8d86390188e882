package io.filejob.service.page;

import io.filejob.service.access.CallerOf;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.JobPage;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of jobs. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class JobsPage {
    private final JobHost host;
    private final RoutingContext request;
    private final PageNamespaces namespaces;
    private final Clock clock = Clock.systemUTC();

    JobsPage(JobHost host, RoutingContext request, PageNamespaces namespaces) {
        this.namespaces = namespaces;
        this.host = host;
        this.request = request;
    }

    /** Leads to the list of jobs. */
    @GET
    public Response start() {
        return Response.seeOther(URI.create("/jobs")).build();
    }

    /** Returns the page, or only its list for a script that brings it up to date. */
    @GET
    @Path("jobs")
    public TemplateInstance list(@Context UriInfo uri, @HeaderParam("HX-Request") @Nullable String script) {
        JobList list = list(JobFilter.of(namespaces.text(), uri.getQueryParameters()));
        namespaces.keep();
        return script == null ? PageTemplates.jobs(list) : PageTemplates.jobs$list(list);
    }

    /** Returns the list; without jobs if the caller has to choose another namespace first. */
    private JobList list(JobFilter filter) {
        Instant now = clock.instant();
        try {
            JobPage page = host.jobs(CallerOf.request(request)).list(filter.query(now));
            return new JobList(
                    filter,
                    page.items().stream().map(job -> new JobFigures(job, now)).toList(),
                    page.next(),
                    "");
        } catch (ProblemException e) {
            if (e.type() == ProblemType.FORBIDDEN && namespaces.isChoice()) {
                return new JobList(filter, List.of(), null, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }
}
