package io.filejob.postgres;

import io.filejob.ledger.LoadedPartial;
import io.filejob.spec.ingest.IngestSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Moves rows from the staging tables into the target table, with one statement per partition, in key order. It
 * considers only rows of the given parts, and a single row of each key.
 */
final class Merging {
    private final IngestSpec spec;
    private final TableLayout layout;
    private final Staging staging;

    /** A row at fault: its position in the input and its key. */
    record Culprit(long position, String key) {}

    Merging(IngestSpec spec, TableLayout layout, Staging staging) {
        this.spec = spec;
        this.layout = layout;
        this.staging = staging;
    }

    /**
     * Merges {@code partitions}. Throws {@link StagingLostException} if slices with these {@code starts} are no longer
     * staged, and {@link ConflictingRowException} if the spec forbids a row.
     */
    LoadedPartial all(Connection connection, List<Integer> partitions, List<Long> starts) throws SQLException {
        Map<Long, Integer> parts = staging.parts(connection, starts);
        if (parts.size() < starts.size()) {
            throw new StagingLostException(
                    starts.stream().filter(start -> !parts.containsKey(start)).toList());
        }
        Collection<Integer> numbers = parts.values();
        if (!spec.keyColumns().isEmpty() && spec.duplicateRows() == IngestSpec.Duplicates.ERROR) {
            duplicate(connection, numbers).ifPresent(culprit -> {
                throw new ConflictingRowException(culprit, "its key also occurs in an earlier row");
            });
        }
        if (spec.mode() == IngestSpec.Mode.UPSERT && spec.conflicts() == IngestSpec.OnConflict.ERROR) {
            known(connection, numbers).ifPresent(culprit -> {
                throw new ConflictingRowException(culprit, "its key is in the table already");
            });
        }
        if (spec.mode() == IngestSpec.Mode.REPLACE) {
            clear(connection);
        }
        LoadedPartial all = LoadedPartial.NONE;
        for (int partition : partitions) {
            all = numbers.isEmpty() || !staging.has(partition) ? all : all.plus(merge(connection, partition, numbers));
        }
        return all;
    }

    /**
     * Locks out writers until the end of the transaction and deletes all rows; readers see the rows until the commit.
     */
    private void clear(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + layout.table().sql() + " IN SHARE ROW EXCLUSIVE MODE");
            statement.execute("DELETE FROM " + layout.table().sql());
            try (ResultSet row =
                    statement.executeQuery("SELECT FROM " + layout.table().sql() + " LIMIT 1")) {
                if (row.next()) {
                    throw layout.dropping("has kept rows that were to be replaced");
                }
            }
        }
    }

    /** Returns the earliest row with the key of an earlier row. */
    private Optional<Culprit> duplicate(Connection connection, Collection<Integer> parts) throws SQLException {
        return culprit(
                connection,
                "SELECT " + Staging.POSITION + ", " + keyText("s") + " FROM (SELECT *, row_number() OVER (PARTITION BY "
                        + Sql.names(layout.keys()) + " ORDER BY " + Staging.POSITION + ") AS filejob_number FROM "
                        + staging.rows().sql() + " WHERE " + Staging.PART + " = ANY (?)) s WHERE filejob_number = 2",
                parts);
    }

    /** Returns the earliest row with a key that the table already contains. */
    private Optional<Culprit> known(Connection connection, Collection<Integer> parts) throws SQLException {
        return culprit(
                connection,
                "SELECT " + Staging.POSITION + ", " + keyText("s") + " FROM "
                        + staging.rows().sql() + " s JOIN " + layout.table().sql() + " t ON " + same() + " WHERE s."
                        + Staging.PART + " = ANY (?)",
                parts);
    }

    private String keyText(String alias) {
        return layout.keys().stream()
                .map(key -> alias + "." + Sql.quoteIdentifier(key) + "::text")
                .collect(Collectors.joining(", ", "concat_ws(', ', ", ")"));
    }

    private String same() {
        return layout.keyColumns().stream()
                .map(key -> "s." + Sql.quoteIdentifier(key.name()) + " " + key.equality() + " t."
                        + Sql.quoteIdentifier(key.name()))
                .collect(Collectors.joining(" AND "));
    }

    private static Optional<Culprit> culprit(Connection connection, String select, Collection<Integer> parts)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(select + " ORDER BY 1 LIMIT 1")) {
            query.setArray(1, connection.createArrayOf("integer", parts.toArray()));
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(new Culprit(row.getLong(1), row.getString(2))) : Optional.empty();
            }
        }
    }

    /**
     * Moves the rows of partition {@code number}; returns the numbers of rows inserted, updated, unchanged, ignored and
     * duplicate.
     */
    private LoadedPartial merge(Connection connection, int number, Collection<Integer> parts) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(statement(staging.partition(number)))) {
            query.setArray(1, connection.createArrayOf("integer", parts.toArray()));
            query.setArray(2, connection.createArrayOf("integer", parts.toArray()));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                long rows = row.getLong(1);
                long keys = row.getLong(2);
                long inserted = row.getLong(3);
                long updated = row.getLong(4);
                long left = keys - inserted - updated;
                checkDropped(connection, number, parts, left);
                boolean ignoring = spec.conflicts() == IngestSpec.OnConflict.IGNORE;
                return new LoadedPartial(inserted, updated, ignoring ? 0 : left, ignoring ? left : 0, rows - keys);
            }
        }
    }

    /**
     * Checks that rows that were neither inserted nor updated are in the table: a trigger may have dropped them
     * instead.
     */
    private void checkDropped(Connection connection, int number, Collection<Integer> parts, long left)
            throws SQLException {
        boolean unchanged = !conflict().isEmpty();
        if (left == 0 || (unchanged && layout.triggers().isEmpty())) {
            return;
        }
        long dropped = left;
        if (unchanged) {
            try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM ("
                    + source(staging.partition(number)) + ") s WHERE NOT EXISTS (SELECT FROM "
                    + layout.table().sql() + " t WHERE " + same() + ")")) {
                query.setArray(1, connection.createArrayOf("integer", parts.toArray()));
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    dropped = row.getLong(1);
                }
            }
        }
        if (dropped > 0) {
            throw layout.dropping("has dropped " + dropped + " rows of the input or has changed their keys");
        }
    }

    /**
     * Returns the merge statement. It yields the number of rows, of rows to be merged, of rows inserted and of rows
     * updated.
     */
    private String statement(TableName from) {
        String columns = Sql.names(layout.columns());
        String table = layout.table().sql();
        return "WITH source AS MATERIALIZED (" + source(from) + "), merged AS (INSERT INTO " + table + " AS t ("
                + columns
                + ") SELECT " + columns + " FROM source" + conflict() + " RETURNING " + inserted() + " AS inserted)"
                + " SELECT (SELECT count(*) FROM " + from.sql() + " WHERE " + Staging.PART + " = ANY (?)),"
                + " (SELECT count(*) FROM source), count(*) FILTER (WHERE inserted),"
                + " count(*) FILTER (WHERE NOT inserted) FROM merged";
    }

    /** Returns the SQL condition that a returned row is new. */
    private String inserted() {
        if (conflict().isEmpty()) {
            return "true";
        }
        // An updated row has been locked by the update (xmax); partitioned tables do not expose xmax. The subquery sees
        // the rows from before the statement.
        return layout.partitioned()
                ? "NOT EXISTS (SELECT FROM " + layout.table().sql() + " s WHERE " + same() + ")"
                : "xmax = 0";
    }

    private String source(TableName from) {
        String columns = Sql.names(layout.columns());
        String chosen = columns + " FROM " + from.sql() + " WHERE " + Staging.PART + " = ANY (?)";
        if (layout.keys().isEmpty()) {
            return "SELECT " + chosen;
        }
        String keys = Sql.names(layout.keys());
        String order = spec.duplicateRows() == IngestSpec.Duplicates.LAST ? " DESC" : "";
        return "SELECT DISTINCT ON (" + keys + ") " + chosen + " ORDER BY " + keys + ", " + Staging.POSITION + order;
    }

    private String conflict() {
        if (spec.mode() != IngestSpec.Mode.UPSERT || spec.conflicts() == IngestSpec.OnConflict.ERROR) {
            return "";
        }
        String keys = " ON CONFLICT (" + Sql.names(layout.keys()) + ") DO ";
        List<String> values = layout.values();
        if (spec.conflicts() == IngestSpec.OnConflict.IGNORE || values.isEmpty()) {
            return keys + "NOTHING";
        }
        return keys + "UPDATE SET "
                + values.stream()
                        .map(value -> Sql.quoteIdentifier(value) + " = EXCLUDED." + Sql.quoteIdentifier(value))
                        .collect(Collectors.joining(", "))
                + " WHERE " + image("t", values) + " OPERATOR(pg_catalog.*<>) " + image("EXCLUDED", values);
    }

    /**
     * Returns the columns as a record to be compared bytewise: values that a type treats as equal, such as 1.0 and
     * 1.00, differ in their bytes.
     */
    private static String image(String alias, List<String> columns) {
        return columns.stream()
                .map(column -> alias + "." + Sql.quoteIdentifier(column))
                .collect(Collectors.joining(", ", "ROW(", ")::record"));
    }
}
