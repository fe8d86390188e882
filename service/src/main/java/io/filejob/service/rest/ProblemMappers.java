package io.filejob.service.rest;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemResponse;
import io.filejob.service.problem.ProblemView;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Converts exceptions to responses. */
final class ProblemMappers {
    private final ProblemView view;

    ProblemMappers(ProblemView view) {
        this.view = view;
    }

    @ServerExceptionMapper
    Response problem(ProblemException e, UriInfo uri, HttpHeaders headers) {
        return response(e.response(uri.getPath()), headers);
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException e, UriInfo uri, HttpHeaders headers) {
        Response.StatusType status = e.getResponse().getStatusInfo();
        return response(
                new ProblemResponse(
                        "about:blank",
                        status.getReasonPhrase(),
                        status.getStatusCode(),
                        String.valueOf(e.getMessage()),
                        uri.getPath(),
                        List.of()),
                headers);
    }

    private Response response(ProblemResponse problem, HttpHeaders headers) {
        if (ProblemView.isWanted(headers.getHeaderString(HttpHeaders.ACCEPT))) {
            return Response.status(problem.status())
                    .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                    .entity(view.html(problem, true))
                    .build();
        }
        return Response.status(problem.status())
                .type(ProblemResponse.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
