package io.filejob.log;

/** Texts of users' data as a terminal may show them: its escape sequences must not reach it. */
public final class Printable {
    private static final char REPLACEMENT = '\uFFFD';

    private Printable() {}

    /** Returns {@code text} with control characters and direction marks other than line ends replaced. */
    public static String text(String text) {
        return replaced(text, true);
    }

    /** Returns {@code text}, also without line ends, for a single line. */
    public static String line(String text) {
        return replaced(text, false);
    }

    private static String replaced(String text, boolean keepsLines) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean harmless = c == '\n' ? keepsLines : !Character.isISOControl(c) && !isDirection(c);
            shown.append(harmless ? c : c == '\t' ? ' ' : REPLACEMENT);
        }
        return shown.toString();
    }

    private static boolean isDirection(char c) {
        return (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    }
}
