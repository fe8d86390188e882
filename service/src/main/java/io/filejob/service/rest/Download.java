package io.filejob.service.rest;

import io.filejob.service.job.Content;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.jboss.resteasy.reactive.PathPart;
import org.jspecify.annotations.Nullable;

/** Responses with files: whole ones, or ranges of them (RFC 9110, section 14). Nothing is copied or kept in memory. */
final class Download {
    private final Content content;

    /** Whether only the headers are requested. */
    private final boolean isHead;

    private Download(Content content, boolean isHead) {
        this.content = content;
        this.isHead = isHead;
    }

    static Download of(Content content, boolean isHead) {
        return new Download(content, isHead);
    }

    Response response(@Nullable String range, @Nullable String ifRange, @Nullable String ifNoneMatch) {
        return switch (content) {
            case Content.RedirectedContent elsewhere ->
                Response.temporaryRedirect(elsewhere.location())
                        .header("Cache-Control", "no-store")
                        .build();
            case Content.LocalContent local -> local(local, range, ifRange, ifNoneMatch);
            case Content.StreamedContent streamed ->
                respond(streamed.size(), streamed.version(), range, ifRange, ifNoneMatch, part -> {
                    try {
                        return streamed.source().open(part.from(), part.length());
                    } catch (IOException e) {
                        throw new ProblemException(
                                ProblemType.UNAVAILABLE, "the storage of the file does not respond; try again");
                    }
                });
        };
    }

    private Response local(
            Content.LocalContent local,
            @Nullable String range,
            @Nullable String ifRange,
            @Nullable String ifNoneMatch) {
        try {
            return respond(
                    local.size(),
                    local.version(),
                    range,
                    ifRange,
                    ifNoneMatch,
                    part -> new PathPart(local.file(), part.from(), part.length()));
        } catch (NoSuchFileException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the file has been deleted");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response respond(
            long size,
            String version,
            @Nullable String range,
            @Nullable String ifRange,
            @Nullable String ifNoneMatch,
            PartSource source) {
        if (EntityTags.matches(ifNoneMatch, version)) {
            return Response.notModified(version).build();
        }
        boolean isCurrent = ifRange == null || ifRange.strip().equals("\"" + version + "\"");
        ByteRange part = ByteRange.parse(isCurrent ? range : null, size);
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
