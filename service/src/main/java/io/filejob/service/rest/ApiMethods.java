package io.filejob.service.rest;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.problem.ProblemWriter;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Answers requests with a method that a path of the API does not support, and those that ask for its methods (OPTIONS). */
@Singleton
public final class ApiMethods {
    private static final String OPTIONS = "OPTIONS";
    private static final List<String> READ = List.of("GET", "HEAD", OPTIONS);
    private static final List<String> CREATE = List.of("GET", "HEAD", "POST", OPTIONS);
    private static final List<String> ACT = List.of("POST", OPTIONS);

    void register(@Observes Router router) {
        for (String jobs : List.of("/api/v1/jobs", "/api/v1/namespaces/:namespace/jobs")) {
            add(router, jobs, CREATE);
            add(router, jobs + "/:name", List.of("GET", "HEAD", "PATCH", "DELETE", OPTIONS));
            add(router, jobs + "/:name/events", List.of("GET", OPTIONS));
            List.of("redrive", "cancel").forEach(action -> add(router, jobs + "/:name/" + action, ACT));
            List.of("workers", "plan", "logs", "callbacks", "result", "parts", "parts/:number", "rejects", "profile")
                    .forEach(part -> add(router, jobs + "/:name/" + part, READ));
        }
        add(router, "/api/v1/files", CREATE);
        add(router, "/api/v1/files/:id", List.of("GET", "HEAD", "DELETE", OPTIONS));
        add(router, "/api/v1/files/:id/columns", READ);
        add(router, "/api/v1/uploads", ACT);
        add(router, "/api/v1/uploads/:id", List.of("HEAD", "PATCH", "DELETE", OPTIONS));
        add(router, MultipartUploadsApi.PATH, ACT);
        add(router, MultipartUploadsApi.PATH + "/:id", List.of("GET", "HEAD", "DELETE", OPTIONS));
        add(router, MultipartUploadsApi.PATH + "/:id/complete", ACT);
        add(router, "/api/v1/templates/:name", CREATE);
        add(router, "/api/v1/tables", READ);
        add(router, "/api/v1/tables/:table/rows", READ);
    }

    private static void add(Router router, String path, List<String> supported) {
        router.route(path).order(EventRoutes.ORDER - 1).handler(request -> check(request, supported));
    }

    private static void check(RoutingContext request, List<String> supported) {
        String allowed = String.join(", ", supported);
        String method = request.request().method().name();
        if (method.equals(OPTIONS)) {
            request.response().putHeader("Allow", allowed);
            if (request.normalizedPath().startsWith(TusRoutes.PATH)) {
                request.next();
                return;
            }
            Unread.discard(request);
            request.response().setStatusCode(204).end();
        } else if (supported.contains(method)) {
            request.next();
        } else {
            Unread.discard(request);
            ProblemWriter.write(
                    request,
                    new ProblemException(
                                    ProblemType.METHOD_NOT_ALLOWED,
                                    "the path does not support this method; it supports " + allowed)
                            .withHeader("Allow", allowed));
        }
    }
}
