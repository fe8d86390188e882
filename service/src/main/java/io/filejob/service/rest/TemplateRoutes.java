package io.filejob.service.rest;

import io.filejob.service.ServiceSettings;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.JobHost;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.problem.ProblemWriter;
import io.filejob.service.upload.FileRenewal;
import io.filejob.service.upload.Receiving;
import io.filejob.service.upload.UploadStore;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Locale;

/** The routes of forms that create jobs. They are not resources, which would store the file in a temporary folder first. */
@Singleton
public final class TemplateRoutes {
    /** The maximum size of a form without its file, in bytes; the server has the same limit for each field. */
    static final long MAX_FIELDS = 1 << 20;
    /** The number of bytes of a file that may wait for being stored, and do not count as received. */
    private static final long MAX_WAITING = 1 << 20;

    private final JobHost host;
    private final UploadStore store;
    private final FileRenewal renewal;
    private final ServiceSettings settings;

    TemplateRoutes(JobHost host, UploadStore store, FileRenewal renewal, ServiceSettings settings) {
        this.renewal = renewal;
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
            TemplateRequest form =
                    new TemplateRequest(request, host, CallerOf.request(request), store, renewal, settings);
            expectForm(http);
            http.uploadHandler(form::file);
            Expectation.accept(http);
            http.exceptionHandler(e -> {
                form.discard();
                refuse(request, e instanceof DecoderException ? malformed(e) : incomplete());
            });
            http.handler(_ -> {
                if (http.bytesRead() - form.fileBytes() > MAX_FIELDS + MAX_WAITING) {
                    form.discard();
                    refuse(request, tooLarge());
                } else if (http.bytesRead() > settings.maxUploadBytes() + MAX_FIELDS + MAX_WAITING) {
                    form.discard();
                    refuse(request, Receiving.tooLarge(settings.maxUploadBytes(), "limit"));
                }
            });
            http.endHandler(_ -> Blocking.run(request, form::create));
            http.resume();
        } catch (ProblemException e) {
            refuse(request, e);
        }
    }

    /** Responds, and receives no more of the form, so that no job is created at its end. */
    private static void refuse(RoutingContext request, ProblemException e) {
        if (!request.request().isEnded()) {
            request.request().setExpectMultipart(false);
        }
        Unread.discard(request);
        ProblemWriter.write(request, e);
    }

    private static ProblemException malformed(Throwable e) {
        if (e instanceof HttpPostRequestDecoder.TooManyFormFieldsException) {
            return new ProblemException(
                    ProblemType.TOO_LARGE,
                    "body: too many fields (limit " + HttpServerOptions.DEFAULT_MAX_FORM_FIELDS
                            + "); remove those that the template does not have");
        }
        return e instanceof HttpPostRequestDecoder.TooLongFormFieldException || e.getCause() instanceof IOException
                ? tooLarge()
                : new ProblemException(ProblemType.BAD_REQUEST, "body: not a valid multipart/form-data");
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                ProblemType.TOO_LARGE,
                "body: the fields are too large (limit " + MAX_FIELDS + " bytes); send the CSV in the field file");
    }

    private static ProblemException incomplete() {
        return new ProblemException(ProblemType.BAD_REQUEST, "body: not received completely; send it again");
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
