package io.filejob.service.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A person's way to the identity provider and back. It is kept in a cookie, so that each replica of the service can
 * continue it.
 *
 * @param state the value that the provider returns, which a page of another site does not know (RFC 6749, section
 *     10.12)
 * @param nonce the value that the ID token contains (OpenID Connect Core 1.0, section 3.1.2.1)
 * @param verifier the secret without which the provider's code is of no use (RFC 7636)
 */
record LoginAttempt(String state, String nonce, String verifier) {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static LoginAttempt create() {
        return new LoginAttempt(random(), random(), random());
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the value of the cookie. */
    String text() {
        return state + "." + nonce + "." + verifier;
    }

    static Optional<LoginAttempt> parse(String text) {
        String[] parts = text.split("\\.", -1);
        return parts.length == 3 && !parts[0].isEmpty()
                ? Optional.of(new LoginAttempt(parts[0], parts[1], parts[2]))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "LoginAttempt";
    }
}
