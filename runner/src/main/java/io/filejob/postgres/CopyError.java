package io.filejob.postgres;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The server's error for a row that COPY refuses, parsed independently of the language of its messages.
 *
 * @param line line of the copied data, counted from 1 and including line breaks within fields; 0 if unknown
 * @param column index of the column at fault, or -1
 * @param reason the problem
 */
record CopyError(int line, int column, String reason) {
    private static final int NO_COLUMN = -1;

    /**
     * Parses the error of a COPY into {@code columns} of {@code table}; the rows are destined for the table {@code
     * meant}.
     */
    static CopyError of(SQLException e, TableName table, TableName meant, List<String> columns) {
        ServerErrorMessage said = e instanceof PSQLException own ? own.getServerErrorMessage() : null;
        if (said == null) {
            return new CopyError(0, NO_COLUMN, "refused by the database");
        }
        // The format of the context is "COPY table, line 3, column price: ...".
        Matcher where = Pattern.compile("(?m)^COPY " + Pattern.quote(table.name()) + "\\P{Nd}+(\\d{1,9})(.*)")
                .matcher(Objects.requireNonNullElse(said.getWhere(), ""));
        boolean told = where.find();
        int column = told ? column(where.group(2), columns) : NO_COLUMN;
        String reason = reason(said, meant, column != NO_COLUMN);
        return new CopyError(
                told ? Integer.parseInt(where.group(1)) : 0,
                column == NO_COLUMN && said.getColumn() != null ? columns.indexOf(said.getColumn()) : column,
                reason);
    }

    /** Returns the index of the column in {@code text}, for example ", column price: ...", or {@link #NO_COLUMN}. */
    private static int column(String text, List<String> columns) {
        Optional<String> named = columns.stream()
                .filter(name -> text.matches("(?s)\\p{Po}\\s?\\S+ " + Pattern.quote(name) + " ?[:：].*"))
                .max(Comparator.comparingInt(String::length));
        return named.map(columns::indexOf).orElse(NO_COLUMN);
    }

    private static String reason(ServerErrorMessage said, TableName meant, boolean withoutText) {
        String message = Objects.requireNonNullElse(said.getMessage(), "refused by the database");
        String shortened = withoutText ? withoutText(message) : message;
        return shortened.length() < message.length() ? shortened : named(message, said.getTable(), meant);
    }

    /** Returns a message about a text of a column without the text, if the message ends with it. */
    static String withoutText(String message) {
        int text = message.indexOf(": \"");
        return text > 0 ? message.substring(0, text) : message;
    }

    /** Replaces the name of a staging table, which the user does not know, by the name of the target table. */
    private static String named(String message, @Nullable String table, TableName meant) {
        return table == null ? message : message.replace(Sql.quoteIdentifier(table), Sql.quoteIdentifier(meant.name()));
    }
}
