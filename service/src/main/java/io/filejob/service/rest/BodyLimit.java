package io.filejob.service.rest;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.problem.ProblemWriter;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses large bodies of requests to resources: announced ones at once, others when the limit is exceeded. The server's own
 * limit is higher, since it answers without a problem.
 */
@Singleton
public final class BodyLimit {
    private static final int AFTER_UPLOADS = EventRoutes.ORDER + 1;
    /** The maximum size in bytes. */
    static final long LIMIT = 2 << 20;

    void register(@Observes Router router) {
        router.route().order(EventRoutes.ORDER - 1).handler(BodyLimit::checkEncoding);
        router.route().order(AFTER_UPLOADS).handler(BodyLimit::check);
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

    private static void check(RoutingContext request) {
        if (isTooLarge(request.request().getHeader("Content-Length"))) {
            Unread.discard(request);
            ProblemWriter.write(request, tooLarge());
            return;
        }
        request.next();
    }

    private static boolean isTooLarge(@Nullable String header) {
        try {
            return header != null && Long.parseLong(header) > LIMIT;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                ProblemType.TOO_LARGE,
                "body: too large (limit " + LIMIT + " bytes); upload files with POST /api/v1/files");
    }

    /** Counts the bytes of a body, whose announced length may be missing. */
    @ServerRequestFilter
    void count(ContainerRequestContext context, RoutingContext request) {
        HttpServerRequest http = request.request();
        if (http.headers().contains("Content-Length")
                || http.headers().contains("Transfer-Encoding")
                || (http.version() == HttpVersion.HTTP_2 && !http.isEnded())) {
            context.setEntityStream(new LimitedBody(context.getEntityStream(), LIMIT, () -> {
                request.vertx().runOnContext(_ -> Unread.discard(request));
                return tooLarge();
            }));
        }
    }
}
