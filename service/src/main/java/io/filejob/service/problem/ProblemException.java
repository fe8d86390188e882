package io.filejob.service.problem;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Thrown when a request fails for a reason that its caller should know. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<ProblemDetail> details;
    private final transient Map<String, String> headers;

    /** Creates a problem; {@code detail} is shown to the caller. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    /** Creates a problem with many parts. */
    public ProblemException(ProblemType type, String detail, List<ProblemDetail> details) {
        this(type, detail, details, Map.of());
    }

    private ProblemException(
            ProblemType type, String detail, List<ProblemDetail> details, Map<String, String> headers) {
        super(detail);
        this.type = type;
        this.details = List.copyOf(details);
        this.headers = Map.copyOf(headers);
    }

    /** Returns the problem with a header of the response. */
    public ProblemException withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new ProblemException(type, String.valueOf(getMessage()), details, more);
    }

    /** Returns the headers of the response. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Returns the type. */
    public ProblemType type() {
        return type;
    }

    /** Returns the body of the response. */
    public ProblemResponse response(String instance) {
        return new ProblemResponse(
                type.uri(), type.title(), type.status(), String.valueOf(getMessage()), instance, details);
    }

    /** Returns the problem with one detail for a field of a manifest or a form. */
    public static ProblemException ofField(String field, String problem) {
        return new ProblemException(
                ProblemType.INVALID, field + ": " + problem, List.of(ProblemDetail.ofField(field, problem)));
    }
}
