package io.filejob.table;

import io.filejob.model.ColumnSpec;
import io.filejob.model.ExitCode;
import io.filejob.model.IngestSpec;
import io.filejob.model.JobFailure;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table that rows go into, as the catalogue has it.
 *
 * @param table with its schema
 * @param partitioned whether it is divided into partitions
 * @param all the names of all its columns but for dropped ones
 * @param columns those that are loaded, in the order of the input's
 * @param keys those of them that tell rows apart
 * @param comparedAsText those of them whose type cannot be compared
 */
record TableLayout(
        TableName table,
        boolean partitioned,
        Set<String> all,
        List<String> columns,
        List<String> keys,
        Set<String> comparedAsText) {
    TableLayout {
        all = Set.copyOf(all);
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        comparedAsText = Set.copyOf(comparedAsText);
    }

    /**
     * Of {@code spec}'s table, of which {@code columns} are loaded; null if there is no such table. {@link JobFailure} if
     * it is not as the spec needs it.
     */
    static @Nullable TableLayout read(Connection connection, IngestSpec spec, List<ColumnSpec> columns)
            throws SQLException {
        Found found = Found.find(connection, TableName.of(spec.table()));
        return found == null ? null : found.layout(connection, spec, columns);
    }

    /** The table that {@code name} means, with its schema, if there is one. */
    static Optional<TableName> find(Connection connection, TableName name) throws SQLException {
        return Optional.ofNullable(Found.find(connection, name)).map(Found::table);
    }

    /** The columns that are not keys. */
    List<String> values() {
        return columns.stream().filter(column -> !keys.contains(column)).toList();
    }

    private record Found(TableName table, boolean partitioned, long oid, List<Column> columns) {
        private record Column(String name, String type, long typeOid, boolean generated, boolean comparable) {}

        static @Nullable Found find(Connection connection, TableName name) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT c.oid, n.nspname, c.relkind
                    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.oid = pg_catalog.to_regclass(?)""")) {
                query.setString(1, name.sql());
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) {
                        return null;
                    }
                    if (!Set.of("r", "p").contains(row.getString(3))) {
                        throw wrong(name + " is not a table: only tables can be loaded");
                    }
                    TableName table = new TableName(row.getString(2), name.name());
                    return new Found(
                            table, row.getString(3).equals("p"), row.getLong(1), columns(connection, row.getLong(1)));
                }
            }
        }

        private static List<Column> columns(Connection connection, long oid) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.atttypid,
                      a.attgenerated <> '' OR a.attidentity = 'a',
                      EXISTS (
                        SELECT FROM pg_catalog.pg_operator o
                        WHERE o.oprname = '=' AND o.oprleft = o.oprright
                          AND o.oprleft = coalesce(nullif(t.typbasetype, 0), t.oid))
                    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                    WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum""")) {
                query.setLong(1, oid);
                List<Column> columns = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        columns.add(new Column(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getBoolean(4),
                                row.getBoolean(5)));
                    }
                }
                return columns;
            }
        }

        TableLayout layout(Connection connection, IngestSpec spec, List<ColumnSpec> wanted) throws SQLException {
            Set<String> asText = new HashSet<>();
            for (ColumnSpec each : wanted) {
                Column column = column(each.target());
                if (column.generated()) {
                    throw wrong("column " + each.target() + " of table " + table
                            + " is generated: leave it out of spec.operation.ingest.columns");
                }
                check(connection, each, column);
                if (!column.comparable()) {
                    asText.add(column.name());
                }
            }
            List<String> keys = spec.keyColumns();
            for (String key : keys) {
                column(key);
                if (wanted.stream().noneMatch(each -> each.target().equals(key))) {
                    throw wrong("the key " + key + " is no column that is loaded: add it to columns");
                }
            }
            if (spec.mode() == IngestSpec.Mode.UPSERT && !isUnique(connection, keys)) {
                throw wrong("table " + table + " has no unique index or constraint on (" + String.join(", ", keys)
                        + "): make one, or name the columns of the one there is as keys");
            }
            Set<String> all = new HashSet<>();
            columns.forEach(column -> all.add(column.name()));
            return new TableLayout(
                    table,
                    partitioned,
                    all,
                    wanted.stream().map(ColumnSpec::target).toList(),
                    keys,
                    asText);
        }

        private Column column(String name) {
            return columns.stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> wrong("table " + table + " has no column " + name + ": it has "
                            + String.join(
                                    ", ", columns.stream().map(Column::name).toList())));
        }

        /** But for modifiers such as lengths. */
        private void check(Connection connection, ColumnSpec wanted, Column column) throws SQLException {
            if (wanted.type() == null) {
                return;
            }
            try (PreparedStatement query = connection.prepareStatement("SELECT pg_catalog.to_regtype(?)::oid")) {
                query.setString(1, wanted.type());
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next() || row.getLong(1) != column.typeOid()) {
                        throw wrong("column " + column.name() + " of table " + table + " is " + column.type() + ", not "
                                + wanted.type() + ": correct the type, or leave it out");
                    }
                }
            }
        }

        private boolean isUnique(Connection connection, List<String> keys) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT EXISTS (
                      SELECT FROM pg_catalog.pg_index i
                      WHERE i.indrelid = ? AND i.indisunique AND i.indisvalid AND i.indimmediate
                        AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indnkeyatts = ?
                        AND (
                          SELECT count(*) FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(number, place)
                          JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
                          WHERE k.place <= i.indnkeyatts AND a.attname = ANY (?)) = i.indnkeyatts)""")) {
                Array names = connection.createArrayOf("name", keys.toArray());
                query.setLong(1, oid);
                query.setInt(2, keys.size());
                query.setArray(3, names);
                try (ResultSet row = query.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        }

        private static JobFailure wrong(String problem) {
            return new JobFailure(ExitCode.BAD_MANIFEST, "spec.operation.ingest: " + problem);
        }
    }
}
