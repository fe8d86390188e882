package io.filejob.service.table;

import io.filejob.postgres.TablePage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the rows of a table.
 *
 * @param table the table
 * @param columns its columns with their types in PostgreSQL's notation
 * @param rows the values of each row as texts, null for NULL; values of more than 2,000 characters are cut
 * @param next the cursor of the next page; null for the last one
 * @param count the number of rows of the whole table
 * @param countIsExact whether {@code count} is exact; above a million rows, it is the server's estimate
 */
public record TableRowsPage(
        LoadedTable table,
        List<TablePage.PageColumn> columns,
        List<List<@Nullable String>> rows,
        @Nullable String next,
        long count,
        boolean countIsExact) {}
