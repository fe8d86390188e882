package io.filejob.docs;

import java.util.ArrayList;
import java.util.List;

/** Turns a CEL expression that computes a message into readable text, with {@code …} in place of values. */
final class CelMessage {
    private static final String VALUE = "…";

    private CelMessage() {}

    /** Returns the message for {@code expression}, a concatenation of literals, values and conditional expressions. */
    static String template(String expression) {
        return concatenated(expression).replaceAll("…+", VALUE);
    }

    private static String concatenated(String expression) {
        StringBuilder text = new StringBuilder();
        for (String term : split(expression, '+')) {
            text.append(term(term.strip()));
        }
        return text.toString();
    }

    private static String term(String term) {
        if (term.startsWith("'") && end(term, 0) == term.length()) {
            return term.substring(1, term.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        if (!term.startsWith("(") || end(term, 0) != term.length()) {
            return VALUE;
        }
        String inner = term.substring(1, term.length() - 1);
        // Of a condition, the last branch is the usual case: the whole value, for example.
        return split(inner, '?').size() > 1 ? concatenated(split(inner, ':').getLast()) : concatenated(inner);
    }

    /** Splits at {@code separator} outside of parentheses, brackets and literals. */
    private static List<String> split(String expression, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < expression.length(); ) {
            char next = expression.charAt(i);
            if (next == separator) {
                parts.add(expression.substring(start, i));
                start = i + 1;
            }
            i = next == '(' || next == '[' || next == '\'' ? end(expression, i) : i + 1;
        }
        parts.add(expression.substring(start));
        return parts;
    }

    /** Returns the offset behind the literal or the parentheses that begin at {@code start}. */
    private static int end(String expression, int start) {
        char open = expression.charAt(start);
        if (open == '\'') {
            int i = start + 1;
            while (expression.charAt(i) != '\'') {
                i += expression.charAt(i) == '\\' ? 2 : 1;
            }
            return i + 1;
        }
        char close = open == '(' ? ')' : ']';
        int i = start + 1;
        while (expression.charAt(i) != close) {
            char next = expression.charAt(i);
            i = next == '(' || next == '[' || next == '\'' ? end(expression, i) : i + 1;
        }
        return i + 1;
    }
}
