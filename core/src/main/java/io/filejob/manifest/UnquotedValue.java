package io.filejob.manifest;

import java.util.List;
import java.util.Optional;

/**
 * A value without quotes that begins with a character of YAML's syntax.
 *
 * @param line the line, from 0
 * @param column the column, from 0
 * @param first the character
 * @param value the value
 */
record UnquotedValue(int line, int column, char first, String value) {
    /** Characters that begin something else than a text. */
    private static final String INDICATORS = "*&!|>%@`,{#?";

    /** Finds the value at or before the place where the parser stopped for {@code reason}. */
    static Optional<UnquotedValue> find(List<String> lines, int line, int column, String reason) {
        if (reason.contains("TAB") || reason.contains("uplicate") || reason.contains("quoted scalar")) {
            return Optional.empty();
        }
        for (int at = Math.min(line, lines.size() - 1); at >= Math.max(0, line - 1); at--) {
            String text = lines.get(at);
            for (int i = at == line ? Math.min(column, text.length() - 1) : text.length() - 1; i >= 0; i--) {
                if (isMeant(text, i, reason)) {
                    return Optional.of(new UnquotedValue(at, i, text.charAt(i), token(text, i)));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns whether the character at {@code at} begins a value, and is what {@code reason} is about. */
    private static boolean isMeant(String text, int at, String reason) {
        char first = text.charAt(at);
        String before = text.substring(0, at).stripTrailing();
        if (INDICATORS.indexOf(first) < 0 || before.isEmpty() || !isOutsideQuotes(before)) {
            return false;
        }
        char previous = before.charAt(before.length() - 1);
        if (first == '{') {
            return previous == '$' && reason.contains("but got {");
        }
        boolean isValue = (previous == ':' && before.length() < at)
                || previous == '['
                || previous == ','
                || (previous == '-' && before.strip().length() == 1);
        return isValue
                && switch (first) {
                    case '*', '&' -> reason.contains("alias") || reason.contains("anchor");
                    case '>', '|' -> reason.contains("block scalar") || reason.contains("'" + first + "'");
                    case '!' -> text.startsWith("!=", at);
                    case '?' -> reason.contains("mapping keys");
                    case '#' -> true;
                    default -> reason.contains("'" + first + "'");
                };
    }

    private static boolean isOutsideQuotes(String before) {
        return before.chars().filter(c -> c == '"').count() % 2 == 0
                && before.chars().filter(c -> c == '\'').count() % 2 == 0;
    }

    private static String token(String text, int at) {
        int end = at + 1;
        while (end < text.length() && ",]}".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(at, end).strip();
    }

    /** Returns the meaning of the character, and the remedy. */
    String message() {
        if (first == '{') {
            return "${...} between brackets needs quotes; write for example \"$" + value + "}\"";
        }
        String meaning =
                switch (first) {
                    case '*' -> "refers to an anchor";
                    case '&' -> "defines an anchor";
                    case '!' -> "begins a type";
                    case '#' -> "begins a comment";
                    case ',' -> "separates entries";
                    case '>', '|' -> "begins a text of several lines";
                    default -> "cannot begin a text";
                };
        return "\"" + first + "\" " + meaning + "; write a text that begins with " + first + " in quotes: \"" + value
                + "\"";
    }
}
