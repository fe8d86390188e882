package io.filejob.service.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One of several problems of a request.
 *
 * @param detail the problem and its remedy
 * @param field the path of the field in the manifest; null for a file
 * @param line the line of the file, from 1; null for a manifest
 * @param column the column of the file; null if the whole line is meant
 * @param value the value; null if a value is missing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDetail(
        String detail,
        @Nullable String field,
        @Nullable Long line,
        @Nullable String column,
        @Nullable String value) {
    /** Creates a problem of a field of a manifest. */
    public static ProblemDetail ofField(String field, String detail) {
        return new ProblemDetail(detail, field, null, null, null);
    }
}
