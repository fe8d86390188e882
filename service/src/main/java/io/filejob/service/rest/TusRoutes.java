package io.filejob.service.rest;

import io.filejob.service.ServiceSettings;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.Caller;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.Jobs;
import io.filejob.service.job.RepeatedCheck;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.problem.ProblemWriter;
import io.filejob.service.upload.ConnectionCutException;
import io.filejob.service.upload.Receiving;
import io.filejob.service.upload.RequestBodyReader;
import io.filejob.service.upload.Upload;
import io.filejob.service.upload.UploadStore;
import io.filejob.service.upload.UploadWriter;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.UUID;

/**
 * The routes of resumable uploads: the protocol tus 1.0.0 with the extensions creation, expiration and termination. The file
 * of a complete upload is at {@code /api/v1/files} under the same identity.
 */
@Singleton
public final class TusRoutes {
    static final String PATH = "/api/v1/uploads";
    private static final String VERSION = "1.0.0";
    private static final String OFFSET_TYPE = "application/offset+octet-stream";

    private final JobHost host;
    private final UploadStore store;
    private final ServiceSettings settings;

    TusRoutes(JobHost host, UploadStore store, ServiceSettings settings) {
        this.host = host;
        this.store = store;
        this.settings = settings;
    }

    void register(@Observes Router router) {
        router.options(PATH).order(EventRoutes.ORDER).handler(this::describe);
        router.options(PATH + "/:id").order(EventRoutes.ORDER).handler(this::describe);
        router.post(PATH).order(EventRoutes.ORDER).handler(request -> checked(request, () -> create(request)));
        router.head(PATH + "/:id").order(EventRoutes.ORDER).handler(request -> checked(request, () -> find(request)));
        router.patch(PATH + "/:id")
                .order(EventRoutes.ORDER)
                .handler(request -> checked(request, () -> append(request)));
        router.delete(PATH + "/:id")
                .order(EventRoutes.ORDER)
                .handler(request -> checked(request, () -> delete(request)));
    }

    private void describe(RoutingContext request) {
        respond(request, 204)
                .putHeader("Tus-Version", VERSION)
                .putHeader("Tus-Extension", "creation,expiration,termination")
                .putHeader("Tus-Max-Size", Long.toString(settings.maxUploadBytes()))
                .end();
    }

    private static HttpServerResponse respond(RoutingContext request, int status) {
        return request.response()
                .setStatusCode(status)
                .putHeader("Tus-Resumable", VERSION)
                .putHeader("Cache-Control", "no-store");
    }

    private static void checked(RoutingContext request, Runnable handler) {
        try {
            if (!VERSION.equals(request.request().getHeader("Tus-Resumable"))) {
                throw new ProblemException(
                                ProblemType.UNSUPPORTED_VERSION,
                                "Tus-Resumable: not a supported version; use " + VERSION)
                        .withHeader("Tus-Version", VERSION);
            }
            handler.run();
        } catch (ProblemException e) {
            refuse(request, e);
        }
    }

    private static void refuse(RoutingContext request, ProblemException e) {
        Unread.discard(request);
        ProblemWriter.write(request, e.withHeader("Tus-Resumable", VERSION));
    }

    private void create(RoutingContext request) {
        HttpServerRequest http = request.request();
        Caller caller = CallerOf.request(request);
        long length = TusHeaders.number(http, "Upload-Length");
        if (length > settings.maxUploadBytes()) {
            throw Receiving.tooLarge(settings.maxUploadBytes(), "limit");
        }
        String name =
                FileNames.cleaned(TusHeaders.fileName(http.getHeader("Upload-Metadata")), FileRoutes.DEFAULT_NAME);
        blocking(request, () -> {
            UploadsOf.authorize(host, caller, http.getParam(UploadsOf.NAMESPACE));
            Upload created = store.create(UUID.randomUUID().toString(), caller.name(), name, length);
            if (length == 0) {
                try (UploadWriter empty = store.open(created.id(), 0)) {
                    empty.complete();
                }
            }
            return () -> respond(request, 201)
                    .putHeader("Location", PATH + "/" + created.id())
                    .putHeader("Upload-Expires", date(created))
                    .end();
        });
    }

    private static void blocking(RoutingContext request, Blocking.RequestWork work) {
        Blocking.run(request, () -> {
            try {
                return work.run();
            } catch (ProblemException e) {
                return () -> refuse(request, e);
            }
        });
    }

    private static String date(Upload upload) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.parse(upload.expiry()).atOffset(ZoneOffset.UTC));
    }

    private Upload own(RoutingContext request) {
        return UploadsOf.caller(store, CallerOf.request(request))
                .require(Objects.requireNonNull(request.pathParam("id")));
    }

    private void find(RoutingContext request) {
        blocking(request, () -> {
            Upload upload = own(request);
            return () -> {
                HttpServerResponse response = respond(request, 200)
                        .putHeader("Upload-Offset", Long.toString(upload.bytes()))
                        .putHeader("Upload-Expires", date(upload));
                if (upload.length() != null) {
                    response.putHeader("Upload-Length", Long.toString(upload.length()));
                }
                response.end();
            };
        });
    }

    private void append(RoutingContext request) {
        HttpServerRequest http = request.request();
        if (!OFFSET_TYPE.equals(http.getHeader("Content-Type"))) {
            throw new ProblemException(ProblemType.UNSUPPORTED_TYPE, "Content-Type: not supported; use " + OFFSET_TYPE);
        }
        long offset = TusHeaders.number(http, "Upload-Offset");
        Jobs jobs = host.jobs(CallerOf.request(request));
        RequestBodyReader body = new RequestBodyReader(
                http,
                request.vertx().getOrCreateContext(),
                new RepeatedCheck(jobs::authenticate, settings.accessCheck()));
        Expectation.accept(http);
        blocking(request, () -> {
            try {
                Upload upload = own(request);
                FileRoutes.checkLength(
                        http.getHeader("Content-Length"),
                        upload.length() == null ? settings.maxUploadBytes() : upload.length() - upload.bytes());
                Upload written = Receiving.part(store, upload, offset, body);
                return () -> respond(request, 204)
                        .putHeader("Upload-Offset", Long.toString(written.bytes()))
                        .putHeader("Upload-Expires", date(written))
                        .end();
            } catch (ConnectionCutException e) {
                return () -> {};
            }
        });
    }

    private void delete(RoutingContext request) {
        blocking(request, () -> {
            store.delete(own(request).id());
            return () -> respond(request, 204).end();
        });
    }
}
