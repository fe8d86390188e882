package io.filejob.examples;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Texts and bytes as drawn: {@code ∅} is null, {@code ''} the empty text; {@code \0}, {@code \n}, {@code \r}, {@code \\}
 * and {@code \xFF} are single bytes, {@code \_} is a space, and all other characters stand for themselves in UTF-8.
 */
public final class DrawnText {
    private static final String NULL = "∅";
    private static final String EMPTY = "''";

    private DrawnText() {}

    /** Returns whether {@code drawn} is null. */
    public static boolean isNull(String drawn) {
        return drawn.equals(NULL);
    }

    /** Returns the bytes of a text that is not null. */
    public static byte[] bytes(String drawn) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text = drawn.equals(EMPTY) ? "" : drawn;
        int i = 0;
        while (i < text.length()) {
            int end = text.offsetByCodePoints(i, 1);
            if (text.charAt(i) != '\\') {
                bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end;
                continue;
            }
            char escaped = text.charAt(end);
            i = end + 1;
            if (escaped == 'x') {
                bytes.write(Integer.parseInt(text, i, i + 2, 16));
                i += 2;
            } else {
                bytes.write(character(escaped));
            }
        }
        return bytes.toByteArray();
    }

    private static int character(char escaped) {
        return switch (escaped) {
            case '0' -> 0;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case '_' -> ' ';
            case '\\' -> '\\';
            default -> throw new IllegalArgumentException("unknown escape \\" + escaped);
        };
    }

    /** Returns the text, decoded as UTF-8. */
    public static @Nullable String text(String drawn) {
        return isNull(drawn) ? null : new String(bytes(drawn), StandardCharsets.UTF_8);
    }

    /** Draws {@code bytes[from, to)}; bytes other than printable ASCII are escaped. */
    public static String of(byte[] bytes, int from, int to) {
        StringBuilder drawn = new StringBuilder();
        for (int i = from; i < to; i++) {
            int b = bytes[i] & 0xFF;
            switch (b) {
                case 0 -> drawn.append("\\0");
                case '\n' -> drawn.append("\\n");
                case '\r' -> drawn.append("\\r");
                case '\\' -> drawn.append("\\\\");
                default -> drawn.append(b > ' ' && b < 0x7F ? "" + (char) b : String.format(Locale.ROOT, "\\x%02X", b));
            }
        }
        return drawn.isEmpty() ? EMPTY : drawn.toString();
    }

    /** Draws a text or null; printable characters beyond ASCII stay. */
    public static String of(@Nullable String text) {
        if (text == null) {
            return NULL;
        }
        return text.isEmpty()
                ? EMPTY
                : text.replace("\\", "\\\\")
                        .replace("\0", "\\0")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace(" ", "\\_");
    }
}
