package io.filejob.service.rest;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads headers of resumable uploads. */
final class TusHeaders {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final String FILE_NAME = "filename";

    private TusHeaders() {}

    static long number(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        if (value == null || !NUMBER.matcher(value).matches()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, name + ": not valid (" + value + "); use a number of bytes");
        }
        return Long.parseLong(value);
    }

    /** Returns the file name in the header {@code Upload-Metadata}; null if it has none. */
    static @Nullable String fileName(@Nullable String metadata) {
        if (metadata == null) {
            return null;
        }
        for (String pair : metadata.split(",", -1)) {
            String[] parts = pair.strip().split(" ", -1);
            if (parts[0].equals(FILE_NAME) && parts.length == 2) {
                try {
                    return new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    throw new ProblemException(
                            ProblemType.BAD_REQUEST, "Upload-Metadata: the value of filename is not base64");
                }
            }
        }
        return null;
    }
}
