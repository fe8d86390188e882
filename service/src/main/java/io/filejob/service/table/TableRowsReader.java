package io.filejob.service.table;

import io.filejob.failure.JobFailedException;
import io.filejob.postgres.TablePage;
import io.filejob.postgres.TableQuery;
import io.filejob.postgres.TableReader;
import io.filejob.service.job.Jobs;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.temporary.TemporaryFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Reads rows of tables with the Secrets that the caller may read, over a limited number of connections. Thread-safe. */
public final class TableRowsReader {
    private static final int MAX_CONNECTIONS = 8;

    private final Semaphore connections = new Semaphore(MAX_CONNECTIONS);

    /**
     * Returns a page of rows.
     *
     * @param order the column by which rows are sorted, after a minus for descending order; null for the keys
     * @param search the column to search; null for the first key
     * @param prefix the text with which the value begins; null for no search
     * @param after the cursor of the previous page
     */
    public TableRowsPage read(
            Jobs jobs,
            LoadedTable table,
            @Nullable String order,
            @Nullable String search,
            @Nullable String prefix,
            int limit,
            @Nullable String after) {
        List<String> keys = table.keys().isEmpty() ? List.of(TableQuery.PHYSICAL_ORDER) : table.keys();
        boolean descending = order != null && order.startsWith("-");
        List<String> columns = new ArrayList<>();
        if (order != null) {
            columns.add(descending ? order.substring(1) : order);
        }
        keys.stream().filter(key -> !columns.contains(key)).forEach(columns::add);
        String searched = prefix == null || prefix.isEmpty() ? null : search == null ? keys.getFirst() : search;
        TableQuery query = new TableQuery(
                table.table(),
                columns,
                descending,
                searched,
                prefix == null ? "" : prefix,
                limit,
                after == null ? null : RowCursor.parse(after, columns.size()));
        TablePage page = read(jobs, table, query);
        return new TableRowsPage(
                table,
                page.columns(),
                page.rows(),
                page.next() == null ? null : RowCursor.of(page.next()),
                page.count(),
                page.isCountExact());
    }

    private TablePage read(Jobs jobs, LoadedTable table, TableQuery query) {
        connections.acquireUninterruptibly();
        try (TemporaryFolder certificates = TemporaryFolder.create()) {
            return new TableReader(table.database(), jobs.secrets(table.namespace()), certificates.path()).read(query);
        } catch (JobFailedException e) {
            throw new ProblemException(
                    switch (e.exitCode()) {
                        case BAD_MANIFEST, BAD_INPUT -> ProblemType.INVALID;
                        case CREDENTIALS_REFUSED -> ProblemType.FORBIDDEN;
                        default -> ProblemType.UNAVAILABLE;
                    },
                    String.valueOf(e.getMessage()));
        } finally {
            connections.release();
        }
    }
}
