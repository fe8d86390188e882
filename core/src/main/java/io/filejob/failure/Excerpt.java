package io.filejob.failure;

import java.nio.charset.StandardCharsets;

/** Truncates texts for messages and statuses. */
public final class Excerpt {
    /** The maximum length of a field or record in a status or message, in characters. */
    public static final int MAX_CELL = 200;
    /** The maximum length of a message for people, in characters. */
    public static final int MAX_MESSAGE = 1000;

    private static final String MARK = "…";

    private Excerpt() {}

    /**
     * Returns {@code text}, or its beginning and a mark, at most {@code limit} characters in all. Never splits a
     * surrogate
     * pair.
     */
    public static String of(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit - MARK.length();
        boolean splitsPair = Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsPair ? end - 1 : end) + MARK;
    }

    /** Truncates like {@link #of}, but to at most {@code limit} bytes of UTF-8. */
    public static String ofBytes(String text, int limit) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= limit) {
            return text;
        }
        int end = limit - MARK.getBytes(StandardCharsets.UTF_8).length;
        // A character must not be split.
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + MARK;
    }

    /** Truncates a field or a record with {@link #of}. */
    public static String cell(String text) {
        return of(text, MAX_CELL);
    }
}
