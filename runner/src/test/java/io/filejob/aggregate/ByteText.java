package io.filejob.aggregate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Bytes as a text with one character per byte, which can represent any file and sorts in byte order. */
public final class ByteText {
    private static final int SHOWN = 200;

    private ByteText() {}

    /** Converts arbitrary bytes. */
    public static String of(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    /** Converts {@code text} to its UTF-8 bytes. */
    public static String of(String text) {
        return of(text.getBytes(UTF_8));
    }

    public static byte[] bytes(String byteText) {
        return byteText.getBytes(ISO_8859_1);
    }

    /** Decodes the bytes as UTF-8, replacing invalid ones. */
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

    /**
     * Shortens a text as in samples and messages: to at most 200 characters, marked if cut, without splitting surrogate
     * pairs.
     */
    public static String shown(String byteText) {
        return cut(decode(byteText));
    }

    /** Shortens an ordinary text in the same way. */
    static String cut(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        int end = SHOWN - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
