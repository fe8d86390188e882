package io.filejob.service.problem;

import java.util.List;

/** Thrown when a request fails for a reason that its caller should know. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<ProblemDetail> details;

    /** Creates a problem; {@code detail} is shown to the caller. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    /** Creates a problem with many parts. */
    public ProblemException(ProblemType type, String detail, List<ProblemDetail> details) {
        super(detail);
        this.type = type;
        this.details = List.copyOf(details);
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
}
