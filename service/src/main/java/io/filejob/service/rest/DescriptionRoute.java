package io.filejob.service.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The description of the API in YAML as it is in the sources. The server's own extension, which still serves it in JSON,
 * would write an equals sign without quotes, which parsers of YAML 1.1 refuse.
 */
@Singleton
public final class DescriptionRoute {
    private static final String FILE = "/META-INF/openapi.yaml";

    void register(@Observes Router router) {
        router.get("/q/openapi").order(EventRoutes.ORDER).handler(DescriptionRoute::respond);
    }

    private static void respond(RoutingContext request) {
        String accepted = request.request().getHeader("Accept");
        if (request.request().getParam("format") != null || (accepted != null && accepted.contains("json"))) {
            request.next();
            return;
        }
        request.response()
                .putHeader("Content-Type", "application/yaml;charset=UTF-8")
                .end(Buffer.buffer(read()));
    }

    private static byte[] read() {
        try (InputStream file = Objects.requireNonNull(DescriptionRoute.class.getResourceAsStream(FILE))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
