package io.filejob.service.rest;

import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.JobName;
import io.filejob.service.job.JobPage;
import io.filejob.service.job.JobQuery;
import io.filejob.service.job.Jobs;
import io.filejob.service.problem.ProblemDetail;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.validation.InvalidManifestException;
import io.filejob.value.Json;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The operations on the jobs of a namespace. */
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
abstract class JobsApi {
    @Inject
    JobHost host;

    @Inject
    RoutingContext request;

    /** Returns the namespace that the path names; null if none. */
    abstract @Nullable String namespace();

    private Jobs jobs() {
        return host.jobs(CallerOf.request(request));
    }

    private JobName job(String name) {
        String namespace = namespace();
        return new JobName(namespace == null ? host.defaultNamespace() : namespace, name);
    }

    /** Returns a page of jobs. */
    @GET
    public Response list() {
        JobPage page = jobs().list(JobQuery.all());
        return Response.ok(Json.pretty(page)).build();
    }

    /** Creates a job from a manifest in YAML or JSON. */
    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "text/yaml"})
    public Response create(String manifest, @HeaderParam("Idempotency-Key") @Nullable String key) {
        String namespace = namespace();
        FileJob created = jobs().create(namespace == null ? host.defaultNamespace() : namespace, read(manifest), key);
        return Response.accepted(Json.pretty(created))
                .location(URI.create("/api/v1/jobs/" + created.name()))
                .build();
    }

    private static FileJob read(String manifest) {
        try {
            return ManifestReader.read(manifest);
        } catch (InvalidManifestException e) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "the manifest is not valid",
                    e.problems().stream()
                            .map(problem -> ProblemDetail.ofField(problem.field(), problem.message()))
                            .toList());
        }
    }

    /** Returns a job with its status. */
    @GET
    @Path("{name}")
    public Response get(@PathParam("name") String name) {
        return Response.ok(Json.pretty(jobs().get(job(name)))).build();
    }
}
