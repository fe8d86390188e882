package io.filejob.service.rest;

import io.filejob.service.job.Content;
import io.filejob.service.job.RepeatedCheck;
import io.filejob.service.job.TransferStream;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.jboss.resteasy.reactive.PathPart;

/** Responses with files: whole ones, or ranges of them (RFC 9110, section 14). Nothing is copied or kept in memory. */
final class Download {
    private final Content content;

    /** Whether only the headers are requested. */
    private final boolean isHead;

    private final RepeatedCheck access;
    private final HttpServerRequest request;

    private Download(Content content, RepeatedCheck access, HttpServerRequest request) {
        this.content = content;
        this.isHead = HttpMethod.HEAD.equals(request.method());
        this.access = access;
        this.request = request;
    }

    /**
     * Returns the download of {@code content} that is requested.
     *
     * @param access checks during the transfer that the caller may still read it
     */
    static Download of(Content content, RepeatedCheck access, HttpServerRequest request) {
        return new Download(content, access, request);
    }

    Response response(RangeHeaders headers) {
        return switch (content) {
            case Content.RedirectedContent elsewhere ->
                Response.temporaryRedirect(elsewhere.location())
                        .header("Cache-Control", "no-store")
                        .build();
            case Content.LocalContent local -> local(local, headers);
            case Content.PodContent file ->
                of(file.source().find(), access, request).response(headers);
            case Content.StreamedContent streamed ->
                respond(streamed.size(), streamed.version(), headers, part -> {
                    try {
                        return new TransferStream(
                                streamed.source().open(part.from(), part.length()),
                                part.length(),
                                access,
                                request.response());
                    } catch (IOException e) {
                        throw new ProblemException(
                                ProblemType.UNAVAILABLE, "the storage of the file does not respond; try again");
                    }
                });
        };
    }

    private Response local(Content.LocalContent local, RangeHeaders headers) {
        try {
            return respond(
                    local.size(),
                    local.version(),
                    headers,
                    part -> new PathPart(local.file(), part.from(), part.length()));
        } catch (NoSuchFileException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the file has been deleted");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response respond(long size, String version, RangeHeaders headers, PartSource source) {
        if (EntityTags.matches(headers.ifNoneMatch(), version)) {
            return Response.notModified(version).build();
        }
        String ifRange = headers.ifRange();
        boolean isCurrent = ifRange == null || ifRange.strip().equals("\"" + version + "\"");
        ByteRange part = ByteRange.parse(isCurrent ? headers.range() : null, size);
        Response.ResponseBuilder response = Response.status(part.isWhole() ? 200 : 206)
                .tag(version)
                .type(content.mediaType())
                .header("Accept-Ranges", "bytes")
                .header("Content-Disposition", FileNames.attachment(content.fileName()))
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "private, no-cache");
        if (!part.isWhole()) {
            response.header("Content-Range", part.header(size));
        }
        if (isHead) {
            return response.header("Content-Length", part.length()).build();
        }
        if (content instanceof Content.StreamedContent) {
            response.header("Content-Length", part.length());
        }
        return response.entity(part.length() == 0 ? "" : source.open(part)).build();
    }

    /** Opens a part of a file. */
    private interface PartSource {
        Object open(ByteRange part);
    }
}
