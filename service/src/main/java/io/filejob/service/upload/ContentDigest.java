package io.filejob.service.upload;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a body, as its sender states it (RFC 9530).
 *
 * @param text the digest, for example {@code sha256:9f86...}
 */
public record ContentDigest(String text) {
    private static final Pattern MEMBER = Pattern.compile("(?:^|,)\\s*sha-256\\s*=([^,]*)");
    private static final Pattern BYTES = Pattern.compile("\\s*:([A-Za-z0-9+/]{43}=):\\s*");

    /** Reads the header {@code Content-Digest}; null without such a header, or with other algorithms only. */
    public static @Nullable ContentDigest parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        Matcher member = MEMBER.matcher(header);
        if (!member.find()) {
            return null;
        }
        Matcher bytes = BYTES.matcher(member.group(1));
        if (!bytes.matches()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "Content-Digest: not valid; use sha-256=:BASE64: with the base64 text of the 32 bytes of SHA-256");
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(bytes.group(1));
            return new ContentDigest("sha256:" + HexFormat.of().formatHex(decoded));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "Content-Digest: not base64");
        }
    }

    /** Throws {@link ProblemException} if {@code actual} is another digest. */
    void check(String actual) {
        if (!actual.equals(text)) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "Content-Digest: not the digest of the body (" + actual + "); send the file again");
        }
    }
}
