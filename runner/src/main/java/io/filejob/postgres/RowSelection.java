package io.filejob.postgres;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statement for a page of rows. It returns all columns as texts, then the order columns as texts. Its parameters are
 * those of {@link #parameters} and the maximum number of rows.
 */
final class RowSelection {
    /** The maximum length of a value in characters. */
    private static final int MAX_TEXT = 2000;

    private static final FoundColumn PHYSICAL = new FoundColumn(TableQuery.PHYSICAL_ORDER, "tid", false);

    private final TableName table;
    private final TableQuery query;
    private final List<TablePage.PageColumn> columns;
    /** The columns by name. */
    private final Map<String, FoundColumn> found;

    private record FoundColumn(String name, String type, boolean isNullable) {}

    private RowSelection(TableName table, TableQuery query, List<FoundColumn> found) {
        this.table = table;
        this.query = query;
        this.columns = found.stream()
                .map(column -> new TablePage.PageColumn(column.name(), column.type()))
                .toList();
        this.found = found.stream().collect(Collectors.toMap(FoundColumn::name, column -> column));
    }

    /** Returns the selection for {@code query}; throws {@link JobFailedException} if it names a column that does not exist. */
    static RowSelection of(Connection connection, TableName table, TableQuery query) throws SQLException {
        RowSelection selection = new RowSelection(table, query, found(connection, table));
        query.order().forEach(selection::column);
        if (query.searched() != null) {
            selection.column(query.searched());
        }
        return selection;
    }

    private static List<FoundColumn> found(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), NOT a.attnotnull
                FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = pg_catalog.to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum\
                """)) {
            statement.setString(1, table.sql());
            List<FoundColumn> columns = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(new FoundColumn(row.getString(1), row.getString(2), row.getBoolean(3)));
                }
            }
            return columns;
        }
    }

    private FoundColumn column(String name) {
        FoundColumn column = name.equals(TableQuery.PHYSICAL_ORDER) ? PHYSICAL : found.get(name);
        if (column == null) {
            throw new JobFailedException(ExitCode.BAD_MANIFEST, "table " + table + " has no column " + name);
        }
        return column;
    }

    /** Returns the columns of the table. */
    List<TablePage.PageColumn> columns() {
        return columns;
    }

    String sql() {
        List<String> conditions = new ArrayList<>();
        if (query.searched() != null) {
            conditions.add("starts_with(" + qualified(query.searched()) + "::text, ?)");
        }
        if (query.after() != null) {
            conditions.add(
                    "(" + (isRowComparison(query.after()) ? rowComparison() : alternatives(query.after())) + ")");
        }
        return "SELECT " + columns.stream().map(RowSelection::cut).collect(Collectors.joining(", ")) + ", "
                + each(column -> qualified(column) + "::text") + " FROM " + table.sql() + " AS t"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY " + each(column -> qualified(column) + (query.descending() ? " DESC" : ""))
                + " LIMIT ?";
    }

    private static String cut(TablePage.PageColumn column) {
        String text = qualified(column.name()) + "::text";
        return "CASE WHEN length(" + text + ") > " + MAX_TEXT + " THEN left(" + text + ", " + MAX_TEXT
                + ") || '…' ELSE " + text + " END";
    }

    /** Returns the column itself, and not the text of that name in the result. */
    private static String qualified(String name) {
        return "t." + Sql.quoteIdentifier(name);
    }

    private String each(Function<String, String> text) {
        return query.order().stream().map(text).collect(Collectors.joining(", "));
    }

    /** Returns the texts of all parameters but the last one. */
    List<String> parameters() {
        List<String> parameters = new ArrayList<>();
        if (query.searched() != null) {
            parameters.add(query.prefix());
        }
        List<@Nullable String> after = query.after();
        if (after != null) {
            boolean once = isRowComparison(after);
            for (int last = once ? after.size() - 1 : 0; last < after.size(); last++) {
                after.subList(0, last + 1).stream()
                        .filter(value -> value != null)
                        .forEach(parameters::add);
            }
        }
        return parameters;
    }

    /** Returns whether the rows behind another one are found by a comparison of rows, for which an index serves. */
    private boolean isRowComparison(List<@Nullable String> after) {
        return query.order().stream().noneMatch(name -> column(name).isNullable())
                && after.stream().allMatch(value -> value != null);
    }

    private String rowComparison() {
        return "(" + each(RowSelection::qualified) + ") " + (query.descending() ? "<" : ">") + " ("
                + each(this::parameter) + ")";
    }

    /** Returns the condition for the rows behind another one where there are nulls, which PostgreSQL sorts as the largest. */
    private String alternatives(List<@Nullable String> after) {
        List<String> alternatives = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            List<String> all = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                String name = query.order().get(j);
                all.add(qualified(name) + (after.get(j) == null ? " IS NULL" : " = " + parameter(name)));
            }
            all.add(behind(query.order().get(i), after.get(i)));
            alternatives.add("(" + String.join(" AND ", all) + ")");
        }
        return String.join(" OR ", alternatives);
    }

    private String behind(String name, @Nullable String value) {
        String column = qualified(name);
        if (value == null) {
            return query.descending() ? column + " IS NOT NULL" : "false";
        }
        return query.descending()
                ? column + " < " + parameter(name)
                : "(" + column + " > " + parameter(name) + " OR " + column + " IS NULL)";
    }

    private String parameter(String name) {
        return "CAST(? AS " + column(name).type() + ")";
    }
}
