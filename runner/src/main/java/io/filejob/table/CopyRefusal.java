package io.filejob.table;

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
 * What the server says of a row that COPY does not take, in whatever language it speaks.
 *
 * @param line of what was sent, from 1, line breaks within texts being counted; 0 if it does not tell
 * @param column the index of the one at fault, or -1
 * @param reason what is wrong with it
 */
record CopyRefusal(int line, int column, String reason) {
    private static final int NO_COLUMN = -1;

    /** Of a COPY into {@code columns} of {@code table}, for rows that are meant for {@code meant}. */
    static CopyRefusal of(SQLException e, TableName table, TableName meant, List<String> columns) {
        ServerErrorMessage said = e instanceof PSQLException own ? own.getServerErrorMessage() : null;
        if (said == null) {
            return new CopyRefusal(0, NO_COLUMN, "refused by the database");
        }
        // "COPY table, line 3, column price: ..."
        Matcher where = Pattern.compile("(?m)^COPY " + Pattern.quote(table.name()) + "\\P{Nd}+(\\d{1,9})(.*)")
                .matcher(Objects.requireNonNullElse(said.getWhere(), ""));
        boolean told = where.find();
        int column = told ? column(where.group(2), columns) : NO_COLUMN;
        String reason = reason(said, meant, column != NO_COLUMN);
        return new CopyRefusal(
                told ? Integer.parseInt(where.group(1)) : 0,
                column == NO_COLUMN && said.getColumn() != null ? columns.indexOf(said.getColumn()) : column,
                reason);
    }

    /** {@code text} is ", column price: ...". */
    private static int column(String text, List<String> columns) {
        Optional<String> named = columns.stream()
                .filter(name -> text.matches("(?s)\\p{Po}\\s?\\S+ " + Pattern.quote(name) + " ?[:：].*"))
                .max(Comparator.comparingInt(String::length));
        return named.map(columns::indexOf).orElse(NO_COLUMN);
    }

    private static String reason(ServerErrorMessage said, TableName meant, boolean withoutText) {
        String message = Objects.requireNonNullElse(said.getMessage(), "refused by the database");
        int text = message.indexOf(": \"");
        return text > 0 && withoutText ? message.substring(0, text) : named(message, said.getTable(), meant);
    }

    /** Rows may wait in a table that the user knows nothing of. */
    private static String named(String message, @Nullable String table, TableName meant) {
        return table == null ? message : message.replace(Sql.name(table), Sql.name(meant.name()));
    }
}
