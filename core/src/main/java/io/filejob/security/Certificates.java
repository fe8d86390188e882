package io.filejob.security;

import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds certificate problems in failures. Thread-safe. */
public final class Certificates {
    private Certificates() {}

    /**
     * Returns the reason why the other side's certificate is not trusted, if this caused {@code failure}. A retry would
     * fail in the same way.
     */
    public static Optional<String> distrust(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(CertificateException.class::isInstance)
                .findFirst()
                .map(Certificates::innermost);
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
