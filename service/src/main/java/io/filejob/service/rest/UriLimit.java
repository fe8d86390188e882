package io.filejob.service.rest;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.problem.ProblemWriter;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Refuses long URLs. The server's own limit is higher, since it answers without a problem. */
@Singleton
public final class UriLimit {
    /** The maximum length of path and query in characters. */
    private static final int LIMIT = 16 << 10;

    void register(@Observes Router router) {
        router.route().order(EventRoutes.ORDER - 2).handler(UriLimit::check);
    }

    private static void check(RoutingContext request) {
        int length = request.request().uri().length();
        if (length > LIMIT) {
            Unread.discard(request);
            ProblemWriter.write(
                    request,
                    new ProblemException(
                            ProblemType.URI_TOO_LONG,
                            "URL: too long (" + length + " characters, limit " + LIMIT
                                    + "); send fields of forms in the body"));
            return;
        }
        request.next();
    }
}
