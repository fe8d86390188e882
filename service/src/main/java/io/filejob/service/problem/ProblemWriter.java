package io.filejob.service.problem;

import io.filejob.value.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

/** Writes problems as responses of requests that resources do not process. For the event loop of the request. */
public final class ProblemWriter {
    private static final Logger LOG = Logger.getLogger(ProblemWriter.class);
    /** The detail of failures that only the log explains. */
    public static final String INTERNAL = "the service has failed; its log has the reason";

    private ProblemWriter() {}

    /** Responds with {@code failure}; one that is not meant for the caller is logged. */
    public static void write(RoutingContext request, Throwable failure) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            LOG.error("a response has failed after its beginning", failure);
            response.reset();
            return;
        }
        ProblemException problem = failure instanceof ProblemException known ? known : internal(failure);
        response.setStatusCode(problem.type().status()).putHeader("Content-Type", ProblemResponse.MEDIA_TYPE);
        problem.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(Json.bytes(problem.response(request.normalizedPath()))));
    }

    /** Logs {@code failure} and returns the problem that its caller sees. */
    public static ProblemException internal(Throwable failure) {
        LOG.error("a request has failed", failure);
        return new ProblemException(ProblemType.INTERNAL, INTERNAL);
    }
}
