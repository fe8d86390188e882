package io.filejob.service.page;

import io.filejob.api.FileJob;
import io.filejob.plan.Plan;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.Content;
import io.filejob.service.job.Content.PodContent;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.JobName;
import io.filejob.service.job.Jobs;
import io.filejob.service.job.WorkerProgress;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.AggregateResult;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page of a job, and the parts of it that are loaded later. */
@Path("/jobs/{namespace}/{name}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class JobDetailPage {
    private static final int LOG_LINES = 300;

    private final JobHost host;
    private final RoutingContext request;
    private final Clock clock = Clock.systemUTC();

    JobDetailPage(JobHost host, RoutingContext request) {
        this.host = host;
        this.request = request;
    }

    private Jobs jobs() {
        return host.jobs(CallerOf.request(request));
    }

    /**
     * Returns the page, or only its live part for a script that brings it up to date. A script that asks for a job that has
     * been deleted meanwhile is led to the list of jobs.
     */
    @GET
    public Response show(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @Context UriInfo uri,
            @HeaderParam("HX-Request") @Nullable String script) {
        JobName id = new JobName(namespace, name);
        try {
            JobView view = view(id, uri);
            return Response.ok(script == null ? PageTemplates.job(view) : PageTemplates.job$live(view))
                    .build();
        } catch (ProblemException e) {
            if (script != null && e.type() == ProblemType.NOT_FOUND) {
                return Response.ok("").header("HX-Redirect", "/jobs").build();
            }
            throw e;
        }
    }

    private JobView view(JobName id, UriInfo uri) {
        JobFigures figures = new JobFigures(jobs().get(id), clock.instant());
        List<WorkerProgress> workers = figures.slices() == 0 ? List.of() : jobs().workers(id);
        return new JobView(
                figures,
                figures.slices() == 0 ? List.of() : StageProgress.of(figures, plan(id), workers),
                workers,
                uri.getBaseUri().toString().replaceAll("/$", ""));
    }

    private Optional<Plan> plan(JobName id) {
        try {
            return Optional.of(jobs().plan(id));
        } catch (ProblemException e) {
            if (e.type() == ProblemType.CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns the first rows of the output. */
    @GET
    @Path("preview")
    public TemplateInstance preview(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        JobName id = new JobName(namespace, name);
        FileJob job = jobs().get(id);
        long total =
                job.status() != null && job.status().result() instanceof AggregateResult groups ? groups.groups() : -1;
        Content content = jobs().result(id);
        if (content instanceof PodContent file) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    file.fileName() + " is on a volume that the service reads with a pod; download it to see its rows");
        }
        return PageTemplates.preview(ContentStart.csv(content, total));
    }

    /** Returns the files of the output. */
    @GET
    @Path("parts")
    public TemplateInstance parts(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        JobName id = new JobName(namespace, name);
        return PageTemplates.parts(jobs().parts(id).stream()
                .map(part -> new PartRow(part, JobView.api(id) + "/parts/" + part.number()))
                .toList());
    }

    /** Returns the last lines of the log. */
    @GET
    @Path("log/{worker}")
    public TemplateInstance log(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @PathParam("worker") int worker) {
        return PageTemplates.log(jobs().log(new JobName(namespace, name), worker, LOG_LINES).stream()
                .map(LogLine::readable)
                .toList());
    }
}
