package io.filejob.model;

import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;

/** What failures say of certificates. Pure functions, for any thread. */
public final class Certificates {
    private Certificates() {}

    /**
     * Why the certificate of the other side is not trusted, if that is what brought {@code failure} about. It will not
     * be
     * trusted later, either.
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
