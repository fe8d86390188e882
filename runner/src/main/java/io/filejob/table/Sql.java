package io.filejob.table;

import java.util.List;
import java.util.stream.Collectors;

/** Names and texts as they stand in statements. */
final class Sql {
    private Sql() {}

    /** A name, whatever characters it has. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Names, separated by commas. */
    static String names(List<String> names) {
        return names.stream().map(Sql::name).collect(Collectors.joining(", "));
    }

    /** A text, whatever characters it has and however the server reads backslashes. */
    static String text(String text) {
        StringBuilder literal = new StringBuilder("E'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c < ' ') {
                literal.append(String.format("\\x%02x", (int) c));
            } else {
                literal.append(c);
            }
        }
        return literal.append('\'').toString();
    }
}
