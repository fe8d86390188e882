package io.filejob.model;

import java.nio.charset.StandardCharsets;

/** The beginning of a text that may be long, as messages and statuses show it. */
public final class Excerpt {
    /** The most characters of a field or record that a status or message shows. */
    public static final int MAX_CELL = 200;
    /** The most characters of a message for people. */
    public static final int MAX_MESSAGE = 1000;

    private static final String MARK = "…";

    private Excerpt() {}

    /**
     * {@code text}, or its beginning and a mark: together at most {@code limit} characters, no surrogate pair split.
     */
    public static String of(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit - MARK.length();
        boolean splitsPair = Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsPair ? end - 1 : end) + MARK;
    }

    /** As {@link #of}, but at most {@code limit} bytes of UTF-8. */
    public static String ofBytes(String text, int limit) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= limit) {
            return text;
        }
        int end = limit - MARK.getBytes(StandardCharsets.UTF_8).length;
        // Not in the middle of a character.
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + MARK;
    }

    /** {@link #of} for a field or a record. */
    public static String cell(String text) {
        return of(text, MAX_CELL);
    }
}
