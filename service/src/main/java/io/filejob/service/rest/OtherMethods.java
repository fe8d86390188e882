package io.filejob.service.rest;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.problem.ProblemWriter;
import io.vertx.ext.web.Router;
import java.util.List;

/** Refuses the methods that a path does not support, for paths that are not, or not only, those of resources. */
final class OtherMethods {
    private OtherMethods() {}

    /** Responds with 405 to all methods of {@code path} but {@code supported}. */
    static void refuse(Router router, String path, List<String> supported) {
        String allowed = String.join(", ", supported);
        router.route(path).order(EventRoutes.ORDER).handler(request -> {
            if (supported.contains(request.request().method().name())) {
                request.next();
                return;
            }
            Unread.discard(request);
            ProblemWriter.write(
                    request,
                    new ProblemException(
                                    ProblemType.METHOD_NOT_ALLOWED,
                                    "the path does not support this method; it supports " + allowed)
                            .withHeader("Allow", allowed));
        });
    }
}
