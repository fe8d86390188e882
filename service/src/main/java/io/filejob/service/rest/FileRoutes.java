package io.filejob.service.rest;

import io.filejob.service.ServiceSettings;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.Caller;
import io.filejob.service.job.JobHost;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemWriter;
import io.filejob.service.upload.ConnectionCutException;
import io.filejob.service.upload.ContentDigest;
import io.filejob.service.upload.Receiving;
import io.filejob.service.upload.RequestBodyReader;
import io.filejob.service.upload.Upload;
import io.filejob.service.upload.UploadStore;
import io.filejob.value.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The route of uploads in one request. It is not a resource, since streams of resources need ten times the CPU. */
@Singleton
public final class FileRoutes {
    /** The name of a file for which a request has none. */
    static final String DEFAULT_NAME = "upload.csv";

    private static final String UNKNOWN_LENGTH = "0";

    private final JobHost host;
    private final UploadStore store;
    private final ServiceSettings settings;

    FileRoutes(JobHost host, UploadStore store, ServiceSettings settings) {
        this.host = host;
        this.store = store;
        this.settings = settings;
    }

    void register(@Observes Router router) {
        router.post("/api/v1/files").order(EventRoutes.ORDER).handler(this::receive);
    }

    private void receive(RoutingContext request) {
        HttpServerRequest http = request.request();
        Caller caller = CallerOf.request(request);
        try {
            ContentDigest digest = ContentDigest.parse(http.getHeader("Content-Digest"));
            String name = FileNames.cleaned(
                    http.getParam("name") == null
                            ? FileNames.ofDisposition(http.getHeader("Content-Disposition"))
                                    .orElse(null)
                            : http.getParam("name"),
                    DEFAULT_NAME);
            checkLength(http.getHeader("Content-Length"), settings.maxUploadBytes());
            RequestBodyReader body = new RequestBodyReader(
                    http,
                    request.vertx().getOrCreateContext(),
                    UploadsOf.repeatedCheck(host, caller, http.getParam(UploadsOf.NAMESPACE), settings));
            Expectation.accept(http);
            request.response().exceptionHandler(_ -> body.cut());
            Blocking.run(request, () -> receive(request, caller, name, body, digest));
        } catch (ProblemException e) {
            Unread.discard(request);
            ProblemWriter.write(request, e);
        }
    }

    /** Refuses a body that is too large before it is sent. */
    static void checkLength(@Nullable String header, long limit) {
        try {
            if (Long.parseLong(header == null ? UNKNOWN_LENGTH : header) > limit) {
                throw Receiving.tooLarge(limit, "limit");
            }
        } catch (NumberFormatException e) {
            throw Receiving.tooLarge(limit, "limit");
        }
    }

    private Runnable receive(
            RoutingContext request, Caller caller, String name, RequestBodyReader body, @Nullable ContentDigest digest)
            throws Exception {
        UploadsOf.authorize(host, caller, request.request().getParam(UploadsOf.NAMESPACE));
        Upload created = store.create(UUID.randomUUID().toString(), caller.name(), name, null);
        try {
            Upload complete = Receiving.whole(store, created, body, settings.maxUploadBytes(), digest);
            return () -> request.response()
                    .setStatusCode(201)
                    .putHeader("Location", "/api/v1/files/" + complete.id())
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(Json.bytes(complete)));
        } catch (ConnectionCutException e) {
            return () -> {};
        } catch (ProblemException e) {
            return () -> {
                Unread.discard(request);
                ProblemWriter.write(request, e);
            };
        }
    }
}
