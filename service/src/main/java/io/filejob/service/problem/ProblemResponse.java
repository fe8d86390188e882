package io.filejob.service.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The body of an error response (RFC 9457, section 3).
 *
 * @param type a URI that identifies the type
 * @param title the type in words
 * @param status the HTTP status
 * @param detail the problem and its remedy
 * @param instance the path of the request
 * @param errors the problems, if there are several or they have a location
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemResponse(
        String type, String title, int status, String detail, String instance, List<ProblemDetail> errors) {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/problem+json";
}
