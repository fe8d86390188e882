package io.filejob.failure;

import java.util.regex.Pattern;

/** Removes the parts of URLs in which credentials are passed: queries and user information. */
public final class UrlRedaction {
    /** Replaces what is removed. */
    public static final String MASK = "***";

    private static final Pattern USER = Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]*://)[^/?#\\s\"'@]+@");
    /** Punctuation after a URL is not a part of it; a masked query stays as it is, with the line number after it. */
    private static final Pattern QUERY = Pattern.compile(
            "(?i)\\b((?:https?|s3|postgres(?:ql)?)://[^\\s?\"'<>]*)\\?(?!\\*{3})[^\\s\"'<>]*?(?=[:,;.)\\]]*(?:[\\s\"'<>]|$))");

    private UrlRedaction() {}

    /** Returns {@code text} with {@link #MASK} in place of the removed parts. */
    public static String of(String text) {
        if (!text.contains("://")) {
            return text;
        }
        String withoutUsers = USER.matcher(text).replaceAll("$1" + MASK + "@");
        return QUERY.matcher(withoutUsers).replaceAll("$1?" + MASK);
    }
}
