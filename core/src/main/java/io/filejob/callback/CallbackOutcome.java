package io.filejob.callback;

import java.util.Arrays;
import java.util.Optional;

/** The outcome of an attempt. */
public enum CallbackOutcome {
    /** The receiver has accepted the message, status 2xx. */
    DELIVERED("Delivered"),
    /** The receiver wants no more messages, status 410. */
    GONE("Gone"),
    /** The receiver has responded with another status; redirects are not followed. */
    REJECTED("Rejected"),
    /** There was no response. */
    UNREACHABLE("Unreachable"),
    /** The host or its address is not allowed. */
    ADDRESS_REFUSED("AddressRefused"),
    /** The receiver's certificate is not trusted. */
    CERTIFICATE_REFUSED("CertificateRefused"),
    /** The Secret, or a key of it, is missing or malformed. */
    SECRET_UNUSABLE("SecretUnusable"),
    /** The attempt could not run, or ended without a report. */
    NOT_ATTEMPTED("AttemptFailed");

    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int GONE_STATUS = 410;

    private final String reason;

    CallbackOutcome(String reason) {
        this.reason = reason;
    }

    /** Returns the outcome of a response with HTTP status {@code code}. */
    public static CallbackOutcome ofResponse(int code) {
        if (code == GONE_STATUS) {
            return GONE;
        }
        return code >= OK && code < REDIRECT ? DELIVERED : REJECTED;
    }

    /** Returns the outcome with this reason, if there is one. */
    static Optional<CallbackOutcome> of(String reason) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.reason.equals(reason))
                .findFirst();
    }

    /** Returns the reason in one word, for a condition. */
    public String reason() {
        return reason;
    }

    /** Returns whether no further attempt follows. */
    public boolean isFinal() {
        return this == DELIVERED || this == GONE;
    }
}
