package io.filejob.storage.fetch;

/** Classes of reasons why a file cannot be fetched. */
public enum FetchProblem {
    /** The text is not an absolute URL of a supported scheme, or names no valid host. */
    INVALID_URL("InvalidUrl"),
    /** The file does not exist: status 404 or 410, no such object or file. */
    NOT_FOUND("NotFound"),
    /** The server or service refuses to send the file: status 401, 402, 403, 407 or 451, or no permission. */
    FORBIDDEN("Forbidden"),
    /** The file has more bytes than {@link FetchLimits#bytes}. */
    TOO_LARGE("TooLarge"),
    /** The host, its port or one of its addresses is not allowed, or a file is not on a volume. */
    ADDRESS_REFUSED("AddressRefused"),
    /** The host name has no address. */
    NAME_NOT_FOUND("NameNotFound"),
    /** The server's certificate is not trusted. */
    CERTIFICATE_REFUSED("CertificateRefused"),
    /** The server is too slow: no connection, a silent connection, or more than {@link FetchLimits#time} in all. */
    TIMED_OUT("TimedOut"),
    /** The server cannot be reached, closes connections or fails: status 408, 429 or 5xx. */
    UNAVAILABLE("Unavailable"),
    /** The server's response violates HTTP, is shorter than announced, has an unsupported coding or another status. */
    BAD_RESPONSE("BadResponse"),
    /** There are more than three redirects. */
    TOO_MANY_REDIRECTS("TooManyRedirects");

    private final String reason;

    FetchProblem(String reason) {
        this.reason = reason;
    }

    /** Returns the name for users: one word. */
    public String reason() {
        return reason;
    }
}
