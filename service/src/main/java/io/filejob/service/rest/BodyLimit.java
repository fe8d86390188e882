package io.filejob.service.rest;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.problem.ProblemWriter;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Refuses bodies of requests to resources above the limit of the server, which would answer without a body itself. */
@Singleton
public final class BodyLimit {
    private static final int AFTER_UPLOADS = EventRoutes.ORDER + 1;

    private final long limit;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
        this.limit = limit.asLongValue();
    }

    void register(@Observes Router router) {
        router.route().order(EventRoutes.ORDER - 1).handler(BodyLimit::checkEncoding);
        router.route().order(AFTER_UPLOADS).handler(this::check);
    }

    /** A packed body could be many times as large when it is unpacked. */
    private static void checkEncoding(RoutingContext request) {
        String encoding = request.request().getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            Unread.discard(request);
            ProblemWriter.write(
                    request,
                    new ProblemException(
                            ProblemType.UNSUPPORTED_TYPE,
                            "Content-Encoding: not supported (" + encoding + "); send the file as it is, for example"
                                    + " data.csv.gz, without this header"));
            return;
        }
        request.next();
    }

    private void check(RoutingContext request) {
        if (isTooLarge(request.request().getHeader("Content-Length"))) {
            Unread.discard(request);
            ProblemWriter.write(
                    request,
                    new ProblemException(
                            ProblemType.TOO_LARGE,
                            "body: too large (limit " + limit + " bytes); upload files with POST /api/v1/files"));
            return;
        }
        request.next();
    }

    private boolean isTooLarge(@Nullable String header) {
        try {
            return header != null && Long.parseLong(header) > limit;
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
