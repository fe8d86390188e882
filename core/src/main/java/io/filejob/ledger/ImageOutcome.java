package io.filejob.ledger;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of one image: it was stored, or it failed.
 *
 * @param kept whether it was stored as it was
 * @param extension the extension of its name, without a dot; empty if it failed
 * @param digest the first 12 hexadecimal digits of its SHA-256; empty if it failed
 * @param reason why it failed, in one word; null if it was stored
 */
public record ImageOutcome(
        boolean kept,
        String extension,
        String digest,
        @Nullable String reason) {
    /** The number of digits of {@code digest}. */
    public static final int DIGITS = 12;

    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,8}");
    private static final Pattern REASON = Pattern.compile("[A-Za-z]{1,40}");

    /** Refuses values that no image has, as forged ledgers may have them. */
    public ImageOutcome {
        boolean valid = reason == null
                ? EXTENSION.matcher(extension).matches() && digest.length() == DIGITS
                : REASON.matcher(reason).matches() && extension.isEmpty() && digest.isEmpty() && !kept;
        if (!valid) {
            throw new IllegalArgumentException("not the outcome of an image");
        }
    }

    /** Returns the outcome of a stored image. */
    public static ImageOutcome stored(String extension, String digest, boolean kept) {
        return new ImageOutcome(kept, extension, digest, null);
    }

    /** Returns the outcome of an image that failed for {@code reason}. */
    public static ImageOutcome failed(String reason) {
        return new ImageOutcome(false, "", "", reason);
    }
}
