package io.filejob.service.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** The header {@code Expect}, with which clients wait for permission to send a large body. */
final class Expectation {
    private static final String CONTINUE = "100-continue";

    private Expectation() {}

    /** Permits the client to send the body. */
    static void accept(HttpServerRequest request) {
        if (CONTINUE.equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
    }
}
