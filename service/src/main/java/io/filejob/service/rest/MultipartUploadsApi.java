package io.filejob.service.rest;

import io.filejob.service.ServiceSettings;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.Caller;
import io.filejob.service.job.JobHost;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.upload.MultipartState;
import io.filejob.service.upload.MultipartUploads;
import io.filejob.service.upload.Upload;
import io.filejob.service.upload.UploadStore;
import io.filejob.value.Json;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Uploads whose parts the client sends to the object storage itself, with signed URLs. */
@Path(MultipartUploadsApi.PATH)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MultipartUploadsApi {
    static final String PATH = "/api/v1/multipart-uploads";
    private static final int MAX_PAGE = 1000;
    private static final int MAX_PARTS = 10_000;
    private static final String PAGE = "100";

    @Inject
    UploadStore store;

    @Inject
    JobHost host;

    @Inject
    ServiceSettings settings;

    @Inject
    RoutingContext request;

    /** Begins an upload, with the URLs of its first parts. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response begin(@QueryParam(UploadsOf.NAMESPACE) @Nullable String namespace, @Nullable String body) {
        MultipartRequests.NewUpload upload = MultipartRequests.begin(body, settings.maxUploadBytes());
        Caller caller = CallerOf.request(request);
        UploadsOf.authorize(host, caller, namespace);
        MultipartState begun = offered()
                .begin(
                        UUID.randomUUID().toString(),
                        caller.name(),
                        upload.name(),
                        upload.bytes(),
                        Integer.parseInt(PAGE));
        return Response.status(Response.Status.CREATED)
                .header("Location", PATH + "/" + begun.id())
                .entity(Json.pretty(begun))
                .header("Cache-Control", "no-store")
                .build();
    }

    private MultipartUploads offered() {
        return store.multipart()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.PARTS_NOT_OFFERED,
                        "clients do not reach the storage of this service; use POST /api/v1/files or /api/v1/uploads"));
    }

    /** Returns the identity of an upload of the caller, who sees no others. */
    private String own(String id) {
        return UploadsOf.caller(store, CallerOf.request(request)).require(id).id();
    }

    /** Returns an incomplete upload with new URLs of some of its parts. */
    @GET
    @Path("{id}")
    public Response get(
            @PathParam("id") String id,
            @QueryParam("after") @DefaultValue("0") String after,
            @QueryParam("limit") @DefaultValue(PAGE) String limit) {
        int last = Parameters.number("after", after, 0, MAX_PARTS);
        int count = Parameters.number("limit", limit, 1, MAX_PAGE);
        String own = own(id);
        return Response.ok(Json.pretty(offered().find(own, last, count)))
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Joins the parts and returns the file. */
    @POST
    @Path("{id}/complete")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response complete(@PathParam("id") String id, @Nullable String body) {
        MultipartRequests.Completion completion = MultipartRequests.complete(body);
        String own = own(id);
        Upload complete = offered().complete(own, completion.parts(), completion.digest());
        return Response.ok(Json.pretty(complete)).build();
    }

    /** Aborts an upload. */
    @DELETE
    @Path("{id}")
    public Response abort(@PathParam("id") String id) {
        String own = own(id);
        offered().abort(own);
        return Response.noContent().build();
    }
}
