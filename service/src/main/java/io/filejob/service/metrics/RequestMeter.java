package io.filejob.service.metrics;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Counts all requests, also those that are refused. */
@Singleton
public final class RequestMeter {
    /** Before any other filter. */
    private static final int PRIORITY = 20_000;

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE, HttpMethod.OPTIONS);

    void register(@Observes Filters filters) {
        filters.register(RequestMeter::measure, PRIORITY);
    }

    private static void measure(RoutingContext request) {
        long start = System.nanoTime();
        request.addEndHandler(_ -> ServiceCounters.ofProcess()
                .responded(
                        METHODS.contains(request.request().method())
                                ? request.request().method().name()
                                : "other",
                        request.normalizedPath(),
                        request.response().getStatusCode(),
                        (System.nanoTime() - start) / NANOS,
                        request.response().bytesWritten()));
        request.next();
    }
}
