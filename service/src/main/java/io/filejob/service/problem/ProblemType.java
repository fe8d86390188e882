package io.filejob.service.problem;

import java.util.Locale;

/** The types of problems that the API reports, each with its HTTP status. */
public enum ProblemType {
    /** The request is malformed. */
    BAD_REQUEST(400, "Malformed request"),
    /** The request has no valid credentials. */
    UNAUTHORIZED(401, "No valid credentials"),
    /** The caller may not do this. */
    FORBIDDEN(403, "Not allowed"),
    /** There is no such job, file or path. */
    NOT_FOUND(404, "Not found"),
    /** The path does not support the method. */
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    /** The response has none of the media types that the client accepts. */
    NOT_ACCEPTABLE(406, "Not acceptable"),
    /** The state of the job or file does not permit the request. */
    CONFLICT(409, "Conflict with the current state"),
    /** Clients do not reach the object storage, or there is none. */
    PARTS_NOT_OFFERED(409, "Uploads in parts are not offered"),
    /** A cursor refers to a list that the cluster no longer has. */
    LIST_EXPIRED(410, "The list has expired"),
    /** The time to live of a file is over. */
    FILE_EXPIRED(410, "The file has expired"),
    /** The job has changed since the version in {@code If-Match}. */
    VERSION_CHANGED(412, "Changed in the meantime"),
    /** The version of the upload protocol is not supported. */
    UNSUPPORTED_VERSION(412, "Unsupported version of the protocol"),
    /** The body is too large. */
    TOO_LARGE(413, "Too large"),
    /** The URL is too long. */
    URI_TOO_LONG(414, "URL too long"),
    /** The media type is not supported. */
    UNSUPPORTED_TYPE(415, "Unsupported media type"),
    /** The file has no bytes in the requested range. */
    RANGE_NOT_SATISFIABLE(416, "Range not satisfiable"),
    /** The job or the file has problems, which are listed. */
    INVALID(422, "Invalid content"),
    /** Another request writes the upload. */
    LOCKED(423, "In use by another request"),
    /** There are too many requests. */
    TOO_MANY(429, "Too many requests"),
    /** The service has failed; its log has the reason. */
    INTERNAL(500, "Internal error"),
    /** A service that is needed does not respond. */
    UNAVAILABLE(503, "A service is unavailable"),
    /** The volume of uploads is full. */
    STORAGE_FULL(507, "The storage is full");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the title. */
    public String title() {
        return title;
    }

    /** Returns the URI, relative to the root of the API's documentation. */
    public String uri() {
        return "urn:filejob:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
