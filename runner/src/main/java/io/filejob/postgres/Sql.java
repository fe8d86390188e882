package io.filejob.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Quotes identifiers and literals for SQL statements, and executes statements without results. */
final class Sql {
    private Sql() {}

    /** Executes a statement without a result. */
    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns a quoted identifier; the name may contain any character. */
    static String quoteIdentifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Returns quoted identifiers, separated by commas. */
    static String names(List<String> names) {
        return names.stream().map(Sql::quoteIdentifier).collect(Collectors.joining(", "));
    }

    /**
     * Returns a string literal; the text may contain any character, and the server's backslash setting does not matter.
     */
    static String quoteLiteral(String text) {
        StringBuilder literal = new StringBuilder("E'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c < ' ') {
                literal.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
            } else {
                literal.append(c);
            }
        }
        return literal.append('\'').toString();
    }
}
