package io.filejob.engine.images;

import io.filejob.image.ImageFormat;
import io.filejob.security.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of stored images: serial number, position among the URLs of the row, 12 digits of the content's SHA-256 digest, and
 * extension. They are valid in file systems, in buckets and, without percent-encoding, in URLs.
 *
 * <p>Bytes of a serial number (in UTF-8) other than {@code A-Z a-z 0-9 . _ -} are written as {@code !} and two
 * hexadecimal digits, and so are a dot or a hyphen at its start: no file is hidden, and none looks like an option of a
 * command. A long serial number is shortened to its beginning and a digest after {@code !-}. Different serial numbers
 * have different names.
 */
final class ImageName {
    private static final int MAX_SERIAL = 120;
    private static final int KEPT = 80;
    private static final int DIGEST_BYTES = 16;
    private static final int CONTENT_BYTES = 6;

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_!][A-Za-z0-9._!-]{0,199}");

    private ImageName() {}

    /** Returns the name for the content with the digest {@code sha256}. */
    static String of(String serial, int n, byte[] sha256, ImageFormat format) {
        return safe(serial) + "-" + n + "-" + HexFormat.of().formatHex(sha256, 0, CONTENT_BYTES) + "."
                + format.extension();
    }

    /** Returns whether {@code text} may be the name of an image; no other name is ever deleted. */
    static boolean isValid(String text) {
        return VALID.matcher(text).matches();
    }

    private static String safe(String serial) {
        StringBuilder safe = new StringBuilder();
        int kept = 0;
        for (byte each : serial.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(each, safe.isEmpty())) {
                safe.append((char) each);
            } else {
                safe.append(String.format(Locale.ROOT, "!%02X", each));
            }
            kept = safe.length() <= KEPT ? safe.length() : kept;
            if (safe.length() > MAX_SERIAL) {
                return safe.substring(0, kept) + "!-"
                        + new Sha256().update(serial).hex(DIGEST_BYTES);
            }
        }
        return safe.toString();
    }

    private static boolean isPlain(byte each, boolean isFirst) {
        return (each >= 'a' && each <= 'z')
                || (each >= 'A' && each <= 'Z')
                || (each >= '0' && each <= '9')
                || each == '_'
                || (!isFirst && (each == '.' || each == '-'));
    }
}
