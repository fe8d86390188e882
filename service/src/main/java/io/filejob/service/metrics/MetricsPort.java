package io.filejob.service.metrics;

import io.filejob.metrics.MetricsWriter;
import io.filejob.service.ServiceSettings;
import io.filejob.service.job.JobHost;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Serves the metrics at {@code /metrics} of a port of its own, which needs no token, if the settings name one. The port of
 * the API and the pages does not have them.
 */
@Singleton
public final class MetricsPort {
    private static final int MAX_BACKLOG = 16;

    private final ServiceSettings settings;
    private final JobHost host;
    private @Nullable HttpServer server;

    MetricsPort(ServiceSettings settings, JobHost host) {
        this.settings = settings;
        this.host = host;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        settings.metrics()
                .port()
                .ifPresent(
                        port -> server = vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(MAX_BACKLOG))
                                .requestHandler(this::respond)
                                .listen(port, settings.metrics().host())
                                .toCompletionStage()
                                .toCompletableFuture()
                                .join());
    }

    /** Returns the port; 0 without one. */
    int port() {
        return server == null ? 0 : server.actualPort();
    }

    private void respond(HttpServerRequest request) {
        if (!"/metrics".equals(request.path())) {
            request.response().setStatusCode(404).end();
            return;
        }
        MetricsWriter all = new MetricsWriter();
        ServiceCounters.ofProcess().write(all, host.ownJobs());
        all.addMachine();
        request.response().putHeader("Content-Type", MetricsWriter.MEDIA_TYPE).end(all.text());
    }

    @PreDestroy
    void stop() {
        if (server != null) {
            server.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
