package io.filejob.postgres;

import io.filejob.spec.ingest.IngestSpec;
import io.filejob.spec.ingest.IngestSpec.Duplicates;
import io.filejob.status.JobResult;
import io.filejob.testing.postgres.TableRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Expected outcome of an ingest, computed row by row; rows are lists of texts in the order of the columns. */
final class IngestOracle {
    /**
     * The expected outcome.
     *
     * @param result the row counts, or null if the job fails and leaves the table unchanged
     */
    record Expected(TableRows table, @Nullable JobResult result) {}

    private final IngestSpec spec;
    private final List<Integer> keys;

    private IngestOracle(IngestSpec spec, List<String> columns) {
        this.spec = spec;
        keys = spec.keyColumns().stream().map(columns::indexOf).toList();
    }

    /**
     * Computes the outcome for the good rows of the input in file order and the rows already in the table. With {@code
     * append}, no row may violate a constraint of the table.
     */
    static Expected of(
            IngestSpec spec,
            List<String> columns,
            List<List<@Nullable String>> input,
            List<List<@Nullable String>> before) {
        IngestOracle oracle = new IngestOracle(spec, columns);
        Expected expected =
                switch (spec.mode()) {
                    case APPEND -> append(input, before);
                    case REPLACE -> oracle.replace(input);
                    case UPSERT -> oracle.upsert(input, before);
                };
        return expected == null ? new Expected(new TableRows(before), null) : expected;
    }

    private static Expected append(List<List<@Nullable String>> input, List<List<@Nullable String>> before) {
        List<List<@Nullable String>> all = new ArrayList<>(before);
        all.addAll(input);
        return new Expected(new TableRows(all), JobResult.ofRows(input.size(), 0, 0, 0, 0));
    }

    private @Nullable Expected replace(List<List<@Nullable String>> input) {
        List<List<@Nullable String>> rows = keys.isEmpty() ? input : chosen(input);
        return rows == null
                ? null
                : new Expected(new TableRows(rows), JobResult.ofRows(rows.size(), 0, 0, 0, input.size() - rows.size()));
    }

    private @Nullable Expected upsert(List<List<@Nullable String>> input, List<List<@Nullable String>> before) {
        List<List<@Nullable String>> rows = chosen(input);
        if (rows == null) {
            return null;
        }
        Map<List<@Nullable String>, List<@Nullable String>> table = new LinkedHashMap<>();
        for (List<@Nullable String> row : before) {
            table.put(key(row), row);
        }
        long inserted = 0;
        long updated = 0;
        long unchanged = 0;
        long ignored = 0;
        for (List<@Nullable String> row : rows) {
            List<@Nullable String> known = table.get(key(row));
            if (known == null) {
                table.put(key(row), row);
                inserted++;
                continue;
            }
            switch (spec.conflicts()) {
                case ERROR -> {
                    return null;
                }
                case IGNORE -> ignored++;
                case UPDATE -> {
                    table.put(key(row), row);
                    updated += known.equals(row) ? 0 : 1;
                    unchanged += known.equals(row) ? 1 : 0;
                }
            }
        }
        return new Expected(
                new TableRows(List.copyOf(table.values())),
                JobResult.ofRows(inserted, updated, unchanged, ignored, input.size() - rows.size()));
    }

    /** Returns one row per key, or null if a key occurs several times and must not. */
    private @Nullable List<List<@Nullable String>> chosen(List<List<@Nullable String>> input) {
        Map<List<@Nullable String>, List<@Nullable String>> byKey = new LinkedHashMap<>();
        for (List<@Nullable String> row : input) {
            boolean isFirst = !byKey.containsKey(key(row));
            if (!isFirst && spec.duplicateRows() == Duplicates.ERROR) {
                return null;
            }
            if (isFirst || spec.duplicateRows() == Duplicates.LAST) {
                byKey.put(key(row), row);
            }
        }
        return List.copyOf(byKey.values());
    }

    private List<@Nullable String> key(List<@Nullable String> row) {
        List<@Nullable String> key = new ArrayList<>();
        keys.forEach(index -> key.add(row.get(index)));
        return key;
    }
}
