package io.filejob.service.rest;

import io.filejob.api.FileJob;
import io.filejob.api.FileJobSpec;
import io.filejob.operation.PlanText;
import io.filejob.service.ServiceSettings;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.Content;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.JobName;
import io.filejob.service.job.JobPage;
import io.filejob.service.job.Jobs;
import io.filejob.service.job.RepeatedCheck;
import io.filejob.service.job.ResultPart;
import io.filejob.service.job.WorkerProgress;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.upload.FileRenewal;
import io.filejob.spec.OutputSpec;
import io.filejob.status.CallbackStatus;
import io.filejob.value.Json;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations on the jobs of a namespace. */
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
abstract class JobsApi {
    private static final int MAX_LINES = 10_000;
    private static final String DEFAULT_LINES = "200";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    @Inject
    JobHost host;

    @Inject
    FileRenewal renewal;

    @Inject
    ServiceSettings settings;

    @Inject
    RoutingContext request;

    /** Returns the namespace that the path names; null if none. */
    abstract @Nullable String namespace();

    private Jobs jobs() {
        return host.jobs(CallerOf.request(request));
    }

    private JobName job(String name) {
        return JobNames.of(host, namespace(), name);
    }

    /** Returns a page of jobs, the newest first. */
    @GET
    public Response list(
            @QueryParam("phase") List<String> phase,
            @QueryParam("operation") @Nullable String operation,
            @QueryParam("text") @Nullable String text,
            @QueryParam("since") @Nullable String since,
            @QueryParam("age") @Nullable String age,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context UriInfo uri) {
        String namespace = namespace() == null ? null : JobNames.namespace(host, namespace());
        JobPage page = jobs().list(JobQueries.of(namespace, uri.getQueryParameters(), Clock.systemUTC()));
        Response.ResponseBuilder response = Response.ok(Json.pretty(page));
        if (page.next() != null) {
            String query = uri.getRequestUriBuilder()
                    .replaceQueryParam("after", "{after}")
                    .build(page.next())
                    .getRawQuery();
            response.header("Link", "<" + uri.getPath() + "?" + query + ">; rel=\"next\"");
        }
        return response.build();
    }

    /** Creates a job from a manifest in YAML or JSON. */
    @POST
    @Consumes({MediaType.APPLICATION_JSON, JobEntity.YAML, "text/yaml", "application/x-yaml"})
    public Response create(String manifest) {
        String key = request.request().getHeader("Idempotency-Key");
        NewJob job = NewJob.read(manifest);
        renewal.renew(job.job(), CallerOf.request(request));
        return job.create(host, jobs(), namespace(), key);
    }

    /** Returns a job with its status. */
    @GET
    @Path("{name}")
    @Produces({MediaType.APPLICATION_JSON, JobEntity.YAML})
    public Response get(
            @PathParam("name") String name,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Context Request negotiated) {
        return JobEntity.of(jobs().get(job(name)), negotiated, ifNoneMatch).build();
    }

    /** Changes the number of workers, or suspends or resumes a job. */
    @PATCH
    @Path("{name}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    public Response update(
            @PathParam("name") String name, String patch, @HeaderParam("If-Match") @Nullable String ifMatch) {
        JobName job = job(name);
        Jobs jobs = jobs();
        String version = EntityTags.required(ifMatch, () -> jobs.get(job));
        return JobEntity.json(200, jobs.update(job, JobChanges.read(patch), version))
                .build();
    }

    /** Stops a job and deletes it with its result. */
    @DELETE
    @Path("{name}")
    public Response delete(@PathParam("name") String name, @HeaderParam("If-Match") @Nullable String ifMatch) {
        JobName job = job(name);
        Jobs jobs = jobs();
        jobs.delete(job, EntityTags.required(ifMatch, () -> jobs.get(job)));
        return Response.noContent().build();
    }

    /** Does the failed part of an ended job again. */
    @POST
    @Path("{name}/redrive")
    public Response redrive(@PathParam("name") String name, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return act(name, ifMatch, jobs -> job -> {
            renewal.renew(jobs.get(job), CallerOf.request(request));
            return jobs.redrive(job);
        });
    }

    /** Stops a job, which then has failed. */
    @POST
    @Path("{name}/cancel")
    public Response cancel(@PathParam("name") String name, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return act(name, ifMatch, jobs -> jobs::cancel);
    }

    private Response act(String name, @Nullable String ifMatch, Function<Jobs, Function<JobName, FileJob>> action) {
        JobName job = job(name);
        Jobs jobs = jobs();
        String version = EntityTags.required(ifMatch, () -> jobs.get(job));
        if (version != null && !version.equals(EntityTags.of(jobs.get(job)))) {
            throw new ProblemException(
                    ProblemType.VERSION_CHANGED, "the job has another version than If-Match; read it again");
        }
        return JobEntity.json(202, action.apply(jobs).apply(job)).build();
    }

    /** Returns the attempts of workers. */
    @GET
    @Path("{name}/workers")
    public Response workers(@PathParam("name") String name) {
        return Response.ok(Json.pretty(new WorkerList(jobs().workers(job(name)))))
                .build();
    }

    /** Returns the plan as text: stages, slices, and each worker's stripe. */
    @GET
    @Path("{name}/plan")
    @Produces(MediaType.TEXT_PLAIN)
    public Response plan(@PathParam("name") String name) {
        JobName job = job(name);
        Jobs jobs = jobs();
        return text(PlanText.lines(jobs.get(job), jobs.plan(job)));
    }

    /** Returns the last lines of the log of a worker. */
    @GET
    @Path("{name}/logs")
    @Produces(MediaType.TEXT_PLAIN)
    public Response logs(
            @PathParam("name") String name,
            @QueryParam("worker") @Nullable String worker,
            @QueryParam("lines") @Nullable String lines) {
        int index = Parameters.number("worker", worker == null ? "0" : worker, 0, FileJobSpec.MAX_WORKERS - 1);
        int count = Parameters.number("lines", lines == null ? DEFAULT_LINES : lines, 1, MAX_LINES);
        return text(jobs().log(job(name), index, count));
    }

    private static Response text(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return Response.ok(text.toString(), MediaType.TEXT_PLAIN + ";charset=UTF-8")
                .build();
    }

    /** Returns the attempts to call the receiver of {@code spec.callback}. */
    @GET
    @Path("{name}/callbacks")
    public Response callbacks(@PathParam("name") String name) {
        FileJob job = jobs().get(job(name));
        if (job.spec().callback() == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the job has no callback");
        }
        CallbackStatus made = job.status() == null ? null : job.status().callback();
        return Response.ok(Json.pretty(made == null ? new CallbackStatus(0, null, null, null) : made))
                .build();
    }

    /** Returns the files of the output of a complete job. */
    @GET
    @Path("{name}/parts")
    public Response parts(@PathParam("name") String name) {
        return Response.ok(Json.pretty(new PartList(jobs().parts(job(name))))).build();
    }

    /** Returns a file of the output of a complete job. */
    @GET
    @Path("{name}/parts/{number}")
    @Produces(MediaType.WILDCARD)
    public Response part(
            @PathParam("name") String name, @PathParam("number") String number, @BeanParam RangeHeaders headers) {
        int part = Parameters.number("number", number, 1, OutputSpec.MAX_PARTS);
        return download(name, headers, (jobs, job) -> jobs.part(job, part));
    }

    /** Returns the output of a complete job as one file. */
    @GET
    @Path("{name}/result")
    @Produces(MediaType.WILDCARD)
    public Response result(@PathParam("name") String name, @BeanParam RangeHeaders headers) {
        return download(name, headers, Jobs::result);
    }

    /** Returns the file of bad records of a job. */
    @GET
    @Path("{name}/rejects")
    @Produces(MediaType.WILDCARD)
    public Response rejects(@PathParam("name") String name, @BeanParam RangeHeaders headers) {
        return download(name, headers, Jobs::rejects);
    }

    /** Returns the flame graph of a job that was profiled. */
    @GET
    @Path("{name}/profile")
    @Produces(MediaType.WILDCARD)
    public Response profile(@PathParam("name") String name, @BeanParam RangeHeaders headers) {
        return download(name, headers, Jobs::profile);
    }

    private Response download(String name, RangeHeaders headers, BiFunction<Jobs, JobName, Content> find) {
        JobName job = job(name);
        Jobs jobs = jobs();
        return Download.of(
                        find.apply(jobs, job),
                        new RepeatedCheck(() -> jobs.authorize(job), settings.accessCheck()),
                        request.request())
                .response(headers);
    }

    /**
     * The files of an output.
     *
     * @param items the files, in order
     */
    public record PartList(List<ResultPart> items) {}

    /**
     * The workers of a job.
     *
     * @param items the attempts, by index
     */
    public record WorkerList(List<WorkerProgress> items) {}
}
