package io.filejob.service.rest;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemResponse;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.problem.ProblemView;
import io.filejob.service.problem.ProblemWriter;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Converts exceptions to responses. */
final class ProblemMappers {
    private final ProblemView view;

    ProblemMappers(ProblemView view) {
        this.view = view;
    }

    @ServerExceptionMapper
    Response problem(ProblemException e, UriInfo uri, HttpHeaders headers) {
        Response.ResponseBuilder response = Response.status(e.type().status());
        e.headers().forEach(response::header);
        return response(response, e.response(uri.getPath()), headers);
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException e, UriInfo uri, HttpHeaders headers) {
        Response given = e.getResponse();
        if (given.getStatus() < ProblemType.BAD_REQUEST.status()) {
            return given;
        }
        if (given.getStatus() == ProblemType.INTERNAL.status()) {
            return problem(ProblemWriter.internal(e), uri, headers);
        }
        Optional<ProblemType> type = Arrays.stream(ProblemType.values())
                .filter(known -> known.status() == given.getStatus())
                .findFirst();
        return response(
                Response.fromResponse(given),
                new ProblemResponse(
                        type.map(ProblemType::uri).orElse("about:blank"),
                        type.map(ProblemType::title)
                                .orElseGet(() -> given.getStatusInfo().getReasonPhrase()),
                        given.getStatus(),
                        detail(given),
                        uri.getPath(),
                        List.of()),
                headers);
    }

    private static String detail(Response given) {
        return switch (given.getStatus()) {
            case 404 -> "there is no such path; see /q/openapi";
            case 405 -> "the path does not support this method; it supports " + given.getHeaderString("Allow");
            case 406 -> "the response is available as JSON only, or with YAML for a job; change the header Accept";
            case 413 -> "body: too large (limit " + BodyLimit.LIMIT + " bytes); upload files with POST /api/v1/files";
            case 415 -> "the media type of the body is not supported; see the header Content-Type in /q/openapi";
            default -> "the request is malformed; see /q/openapi";
        };
    }

    @ServerExceptionMapper
    Response failed(Throwable e, UriInfo uri, HttpHeaders headers) {
        return problem(ProblemWriter.internal(e), uri, headers);
    }

    private Response response(Response.ResponseBuilder response, ProblemResponse problem, HttpHeaders headers) {
        if (ProblemView.isWanted(headers.getHeaderString(HttpHeaders.ACCEPT))) {
            return response.type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                    .entity(view.html(problem, true))
                    .build();
        }
        return response.type(ProblemResponse.MEDIA_TYPE).entity(problem).build();
    }
}
