package io.filejob.service.page;

import io.filejob.service.table.LoadedTable;
import io.filejob.service.table.TableRowsPage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The page of a table.
 *
 * @param tables all tables
 * @param page the rows of the current one
 * @param aggregates the first rows of its aggregated tables
 * @param prefix the text with which the first key begins
 * @param isLaterPage whether these are not the first rows
 */
record TablesView(
        List<LoadedTable> tables,
        TableRowsPage page,
        List<TableRowsPage> aggregates,
        String prefix,
        boolean isLaterPage) {
    /** Returns the URL of the first rows of {@code table}. */
    public String url(LoadedTable table) {
        return "/tables?table=" + encode(table.table()) + "&job=" + encode(table.job());
    }

    private String filtered() {
        return url(page.table()) + (prefix.isEmpty() ? "" : "&prefix=" + encode(prefix));
    }

    /** Returns the URL of the first rows with the same search. */
    public String firstUrl() {
        return filtered();
    }

    /** Returns the URL of the next rows; empty if these are the last ones. */
    public String nextUrl() {
        return page.next() == null ? "" : filtered() + "&after=" + encode(page.next());
    }

    /** Returns the column that the search refers to; empty if there is no key. */
    public String key() {
        List<String> keys = page.table().keys();
        return keys.isEmpty() ? "" : keys.getFirst();
    }

    /** Returns the number of rows of a table, as a sentence. */
    public String count(TableRowsPage table) {
        return (table.countIsExact() ? "" : "About ")
                + Figures.count(table.count())
                + (table.count() == 1 ? " row" : " rows");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
