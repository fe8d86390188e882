package io.filejob.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query for a page of a table's rows.
 *
 * @param table the table, as name or schema.name
 * @param order the columns by which rows are sorted, which identify a row together; not empty
 * @param descending whether the order is reversed
 * @param searched the column to search; null for no search
 * @param prefix the text with which the value of the searched column begins
 * @param limit the maximum number of rows, at least 1
 * @param after the values of the order columns in the last row of the previous page; null for the first page
 */
public record TableQuery(
        String table,
        List<String> order,
        boolean descending,
        @Nullable String searched,
        String prefix,
        int limit,
        @Nullable List<@Nullable String> after) {
    /** The system column by which the rows of a table without keys are sorted: their position in the table's file. */
    public static final String PHYSICAL_ORDER = "ctid";
}
