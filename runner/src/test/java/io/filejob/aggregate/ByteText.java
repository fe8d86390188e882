package io.filejob.aggregate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Bytes as a text with one character a byte: it can hold any file, and compares in byte order. */
public final class ByteText {
    private static final int SHOWN = 200;

    private ByteText() {}

    /** Any bytes. */
    public static String of(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    /** The bytes of {@code text} in UTF-8. */
    public static String of(String text) {
        return of(text.getBytes(UTF_8));
    }

    public static byte[] bytes(String byteText) {
        return byteText.getBytes(ISO_8859_1);
    }

    /** What the bytes say in UTF-8, what is invalid being replaced. */
    public static String decode(String byteText) {
        return new String(bytes(byteText), UTF_8);
    }

    public static boolean isUtf8(String byteText) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(byteText)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** As samples and messages show it: at most 200 characters, the last one a mark if it is cut, no half of a pair. */
    public static String shown(String byteText) {
        return cut(decode(byteText));
    }

    /** The same, for any text. */
    static String cut(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        int end = SHOWN - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
