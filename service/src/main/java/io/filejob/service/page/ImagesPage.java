package io.filejob.service.page;

import io.filejob.api.FileJob;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.Content;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.JobName;
import io.filejob.service.job.JobQuery;
import io.filejob.service.job.Jobs;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.Phase;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The compressed images of jobs. */
@Path("/images")
@RunOnVirtualThread
public class ImagesPage {
    private static final int JOBS = 20;

    private final JobHost host;
    private final RoutingContext request;
    private final Clock clock = Clock.systemUTC();

    ImagesPage(JobHost host, RoutingContext request) {
        this.host = host;
        this.request = request;
    }

    private Jobs jobs() {
        return host.jobs(CallerOf.request(request));
    }

    /** Returns the page of one job. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance show(
            @QueryParam("namespace") @Nullable String namespace, @QueryParam("job") @Nullable String name) {
        Instant now = clock.instant();
        List<JobFigures> all = jobs()
                .list(new JobQuery(null, Set.of(Phase.COMPLETE), "compressImages", null, null, JOBS, null))
                .items()
                .stream()
                .map(job -> new JobFigures(job, now))
                .toList();
        if (name == null && all.isEmpty()) {
            return PageTemplates.noImages();
        }
        JobFigures current = name == null
                ? all.getFirst()
                : new JobFigures(
                        jobs().get(new JobName(namespace == null ? host.defaultNamespace() : namespace, name)), now);
        FileJob job = current.job();
        if (job.spec().operation().compressImages() == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the job " + current.name() + " has no images");
        }
        Content output = jobs().result(new JobName(current.namespace(), current.name()));
        return PageTemplates.images(new ImagesView(all, current, ImageRow.of(job, ContentStart.csv(output, -1))));
    }

    /** Returns a compressed image. */
    @GET
    @Path("{namespace}/{name}/{file}")
    public Response image(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @PathParam("file") String file) {
        return switch (jobs().image(new JobName(namespace, name), file)) {
            case Content.LocalContent local ->
                Response.ok(local.file().toFile(), local.mediaType()).build();
            case Content.RedirectedContent redirected ->
                Response.temporaryRedirect(redirected.location()).build();
            case Content.StreamedContent streamed ->
                throw new ProblemException(
                        ProblemType.NOT_FOUND, streamed.fileName() + " cannot be shown; open it at its location");
        };
    }
}
