package io.filejob.service.rest;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Bodies that are refused. */
final class Unread {
    /** Time in which a client can read the response while it still sends, in milliseconds. */
    private static final long GRACE = 5000;

    private Unread() {}

    /**
     * Discards the rest of the body for a short time, and then closes the connection. If it was closed at once, the client
     * would often see a broken connection instead of the response.
     */
    static void discard(RoutingContext request) {
        HttpServerRequest http = request.request();
        if (http.isEnded()) {
            return;
        }
        long timer = request.vertx().setTimer(GRACE, _ -> http.connection().close());
        http.exceptionHandler(_ -> request.vertx().cancelTimer(timer));
        http.handler(_ -> {});
        http.endHandler(_ -> request.vertx().cancelTimer(timer));
        http.resume();
    }
}
