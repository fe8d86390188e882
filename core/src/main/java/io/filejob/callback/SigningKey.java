package io.filejob.callback;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.security.HmacSha256;
import java.util.Base64;

/** A key that signs messages. Its bytes are never shown. */
public final class SigningKey {
    /** The key of the Secret that holds the current signing key. */
    public static final String CURRENT = "secret";
    /** The key of the Secret that holds the former signing key while it is replaced. */
    public static final String PREVIOUS = "previous";

    private static final String PREFIX = "whsec_";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    private final byte[] key;

    private SigningKey(byte[] key) {
        this.key = key;
    }

    /**
     * Parses {@code text}, {@code whsec_} and the base64 of 24 to 64 bytes. Throws {@link JobFailedException} that names
     * {@code source}, the Secret and its key.
     */
    public static SigningKey parse(String source, String text) {
        if (!text.startsWith(PREFIX)) {
            throw malformed(source, "it does not begin with " + PREFIX);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            // The cause is left out, since its message quotes a character of the key.
            throw malformed(source, "the text after " + PREFIX + " is not base64");
        }
        if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
            throw malformed(source, "it has " + key.length + " bytes, limits " + MIN_BYTES + " and " + MAX_BYTES);
        }
        return new SigningKey(key);
    }

    private static JobFailedException malformed(String source, String problem) {
        return new JobFailedException(
                ExitCode.BAD_MANIFEST,
                source + ": not a signing key (" + problem + "); write " + PREFIX
                        + " and the output of: openssl rand -base64 32");
    }

    /** Returns the signature of {@code message}: {@code v1,} and the base64 of its HMAC-SHA256. */
    String sign(byte[] message) {
        return "v1," + Base64.getEncoder().encodeToString(HmacSha256.of(key, message));
    }
}
