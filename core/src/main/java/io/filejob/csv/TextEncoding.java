package io.filejob.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The encoding of text files.
 *
 * @param charset the encoding, if a file does not begin with a mark of another one
 * @param hasAnyOrder whether a file is UTF-16 in any byte order
 */
record TextEncoding(Charset charset, boolean hasAnyOrder) {
    static final TextEncoding UTF_8 = new TextEncoding(StandardCharsets.UTF_8, false);

    /** Returns the encoding with this name in a spec. */
    static TextEncoding of(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceFirst("^utf-?", "utf-").replaceFirst("^cp", "windows-");
        return switch (plain) {
            case "utf-8" -> UTF_8;
            case "utf-16" -> new TextEncoding(StandardCharsets.UTF_16BE, true);
            case "latin1", "latin-1" -> new TextEncoding(StandardCharsets.ISO_8859_1, false);
            default -> new TextEncoding(Charset.forName(plain), false);
        };
    }

    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /**
     * Returns the encoding of a file that begins with {@code bytes[0, length)}, at least four bytes unless it is
     * shorter. A byte-order mark decides; without one, the order of UTF-16 is that in which the first character is an
     * ASCII one, else big-endian.
     */
    Charset of(byte[] bytes, int length) {
        int first = length > 0 ? bytes[0] & 0xFF : -1;
        int second = length > 1 ? bytes[1] & 0xFF : -1;
        if (first == 0xEF && second == 0xBB && length > 2 && (bytes[2] & 0xFF) == 0xBF) {
            return StandardCharsets.UTF_8;
        }
        if (first == 0xFE && second == 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (first == 0xFF && second == 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        return hasAnyOrder && first > 0 && second == 0 ? StandardCharsets.UTF_16LE : charset;
    }
}
