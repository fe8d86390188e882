package io.filejob.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a table's rows.
 *
 * @param columns the columns of the table in its order
 * @param rows the values of each row as PostgreSQL writes them, null for NULL; long texts are cut and end in an ellipsis
 * @param next the values of the order columns in the last row, for the next page; null if this is the last page
 * @param count the number of rows of the whole table
 * @param isCountExact whether {@code count} is exact, and not the server's estimate for a large table
 */
public record TablePage(
        List<PageColumn> columns,
        List<List<@Nullable String>> rows,
        @Nullable List<@Nullable String> next,
        long count,
        boolean isCountExact) {
    /**
     * A column.
     *
     * @param name its name
     * @param type its type in PostgreSQL's notation
     */
    public record PageColumn(String name, String type) {}
}
