package io.filejob.service.page;

import io.filejob.api.FileJobSpec;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.JobChange;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.JobName;
import io.filejob.service.job.Jobs;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.upload.FileRenewal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The buttons of the page of a job. Each leads back to a page, so that reloading does not repeat it. */
@Path("/jobs/{namespace}/{name}")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RunOnVirtualThread
public class JobActions {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    @PathParam("namespace")
    String namespace;

    @PathParam("name")
    String name;

    private final JobHost host;
    private final FileRenewal renewal;
    private final RoutingContext request;

    JobActions(JobHost host, FileRenewal renewal, RoutingContext request) {
        this.host = host;
        this.renewal = renewal;
        this.request = request;
    }

    private Jobs jobs() {
        return host.jobs(CallerOf.request(request));
    }

    private JobName id() {
        return new JobName(namespace, name);
    }

    private Response back() {
        return Response.seeOther(URI.create("/jobs/" + namespace + "/" + name)).build();
    }

    /** Suspends the job. */
    @POST
    @Path("suspend")
    public Response suspend() {
        jobs().update(id(), new JobChange(null, true), null);
        return back();
    }

    /** Continues the suspended job. */
    @POST
    @Path("resume")
    public Response resume() {
        jobs().update(id(), new JobChange(null, false), null);
        return back();
    }

    /** Changes the number of workers. */
    @POST
    @Path("workers")
    public Response scale(MultivaluedMap<String, String> form) {
        jobs().update(id(), new JobChange(workers(form.getFirst("workers")), null), null);
        return back();
    }

    private static int workers(@Nullable String text) {
        int number = text != null && NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (number < 1 || number > FileJobSpec.MAX_WORKERS) {
            throw ProblemException.ofField(
                    "workers", "not a number from 1 to " + FileJobSpec.MAX_WORKERS + " (" + text + ")");
        }
        return number;
    }

    /** Stops the job. */
    @POST
    @Path("cancel")
    public Response cancel() {
        jobs().cancel(id());
        return back();
    }

    /** Does the failed part of the job again. */
    @POST
    @Path("redrive")
    public Response redrive() {
        renewal.renew(jobs().get(id()), CallerOf.request(request));
        jobs().redrive(id());
        return back();
    }

    /** Deletes the job. */
    @POST
    @Path("delete")
    public Response delete() {
        jobs().delete(id(), null);
        return Response.seeOther(URI.create("/jobs")).build();
    }
}
