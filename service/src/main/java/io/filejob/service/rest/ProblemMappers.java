package io.filejob.service.rest;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Converts exceptions to responses. */
final class ProblemMappers {
    @ServerExceptionMapper
    Response problem(ProblemException e, UriInfo uri) {
        return response(e.response(uri.getPath()));
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException e, UriInfo uri) {
        Response.StatusType status = e.getResponse().getStatusInfo();
        return response(new ProblemResponse(
                "about:blank",
                status.getReasonPhrase(),
                status.getStatusCode(),
                String.valueOf(e.getMessage()),
                uri.getPath(),
                List.of()));
    }

    private static Response response(ProblemResponse problem) {
        return Response.status(problem.status())
                .type(ProblemResponse.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
