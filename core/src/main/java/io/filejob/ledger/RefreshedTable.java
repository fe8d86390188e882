package io.filejob.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A table of aggregates that was rebuilt.
 *
 * @param table its name, as the spec has it
 * @param rows the number of its rows now
 */
public record RefreshedTable(String table, long rows) {
    /** Returns the text for people, as {@code totals: refreshed, 1,204 rows}. */
    public String describe() {
        return String.format(Locale.ROOT, "%s: refreshed, %,d %s", table, rows, rows == 1 ? "row" : "rows");
    }

    /** Returns the fields for {@link PublishedPartial#first}. */
    public List<@Nullable String> fields() {
        return Arrays.asList(table, Long.toString(rows));
    }

    /** Returns the table with these {@link #fields}; throws {@link IllegalArgumentException} for others. */
    public static RefreshedTable of(List<@Nullable String> fields) {
        String table = fields.size() == 2 ? fields.getFirst() : null;
        String rows = fields.size() == 2 ? fields.getLast() : null;
        if (table == null || rows == null) {
            throw new IllegalArgumentException("not a table with its rows: " + fields);
        }
        return new RefreshedTable(table, Long.parseLong(rows));
    }
}
