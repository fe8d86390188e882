package io.filejob.service.access;

import io.filejob.service.ServiceSettings;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret that callers on this machine present. */
@Singleton
public final class LocalToken {
    private static final int BYTES = 24;

    private final String value;

    LocalToken(ServiceSettings settings) {
        this.value = settings.local().token().orElseGet(LocalToken::random);
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns the secret. */
    public String value() {
        return value;
    }
}
