package io.filejob.service.rest;

import io.filejob.service.ServiceSettings;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.JobHost;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.problem.ProblemWriter;
import io.filejob.service.upload.UploadStore;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;

/** The routes of forms that create jobs. They are not resources, which would store the file in a temporary folder first. */
@Singleton
public final class TemplateRoutes {
    /** The maximum size of a form without its file. */
    private static final long MAX_FIELDS = 1 << 20;

    private final JobHost host;
    private final UploadStore store;
    private final ServiceSettings settings;

    TemplateRoutes(JobHost host, UploadStore store, ServiceSettings settings) {
        this.host = host;
        this.store = store;
        this.settings = settings;
    }

    void register(@Observes Router router) {
        router.post("/api/v1/jobs").order(EventRoutes.ORDER).handler(this::receive);
        router.post("/api/v1/namespaces/:namespace/jobs")
                .order(EventRoutes.ORDER)
                .handler(this::receive);
    }

    private void receive(RoutingContext request) {
        HttpServerRequest http = request.request();
        String type = http.getHeader("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            request.next();
            return;
        }
        try {
            FileRoutes.checkLength(http.getHeader("Content-Length"), settings.maxUploadBytes() + MAX_FIELDS);
            TemplateRequest form = new TemplateRequest(request, host, CallerOf.request(request), store, settings);
            expectForm(http);
            http.uploadHandler(form::file);
            Expectation.accept(http);
            http.exceptionHandler(e -> {
                form.cut();
                ProblemWriter.write(
                        request, new ProblemException(ProblemType.BAD_REQUEST, "the form is malformed or too large"));
            });
            http.endHandler(_ -> Blocking.run(request, form::create));
            http.resume();
        } catch (ProblemException e) {
            Unread.discard(request);
            ProblemWriter.write(request, e);
        }
    }

    private static void expectForm(HttpServerRequest http) {
        if (!String.valueOf(http.getHeader("Content-Type")).contains("boundary=")) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "Content-Type: multipart/form-data without a boundary");
        }
        try {
            http.setExpectMultipart(true);
        } catch (RuntimeException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "Content-Type: not a valid multipart/form-data");
        }
    }
}
