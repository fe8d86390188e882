package io.filejob.postgres;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.ColumnSpec;
import io.filejob.spec.ingest.IngestSpec;
import io.filejob.value.Spelling;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The layout of the target table according to the catalogue.
 *
 * @param table the table's name with its schema
 * @param partitioned whether the table is partitioned
 * @param all names of all columns except dropped ones
 * @param columns the loaded columns, in the order of the input's columns
 * @param types the types of the loaded columns, in the same order
 * @param notNulls the loaded columns that must not be null
 * @param keyColumns the key columns
 * @param triggers names of the triggers that may change or drop rows before they are written
 */
record TableLayout(
        TableName table,
        boolean partitioned,
        Set<String> all,
        List<String> columns,
        List<FieldType> types,
        Set<String> notNulls,
        List<KeyColumn> keyColumns,
        List<String> triggers) {
    TableLayout {
        all = Set.copyOf(all);
        columns = List.copyOf(columns);
        types = List.copyOf(types);
        notNulls = Set.copyOf(notNulls);
        keyColumns = List.copyOf(keyColumns);
        triggers = List.copyOf(triggers);
    }

    /**
     * Reads the layout of {@code spec}'s table, with {@code columns} to be loaded; returns null if there is no such
     * table.
     *
     * @throws JobFailedException if the table does not match the spec
     */
    static @Nullable TableLayout read(Connection connection, IngestSpec spec, List<ColumnSpec> columns)
            throws SQLException {
        FoundTable found = FoundTable.find(connection, TableName.of(spec.table()));
        return found == null ? null : found.layout(connection, spec, columns);
    }

    /** Returns the table that {@code name} refers to, with its schema, if it exists. */
    static Optional<TableName> find(Connection connection, TableName name) throws SQLException {
        return Optional.ofNullable(FoundTable.find(connection, name)).map(FoundTable::table);
    }

    /** Returns whether the loaded column with this index must not be null. */
    boolean isNotNull(int column) {
        return notNulls.contains(columns.get(column));
    }

    /** Returns the names of the key columns. */
    List<String> keys() {
        return keyColumns.stream().map(KeyColumn::name).toList();
    }

    /** Returns the loaded columns that are not keys. */
    List<String> values() {
        List<String> keys = keys();
        return columns.stream().filter(column -> !keys.contains(column)).toList();
    }

    /** Returns the failure for a trigger that drops rows; {@code what} describes its effect. */
    JobFailedException dropping(String what) {
        return new JobFailedException(
                ExitCode.BAD_MANIFEST,
                "spec.operation.ingest.table: a trigger of " + table + " " + what + " (" + String.join(", ", triggers)
                        + "): disable it while the job runs (ALTER TABLE ... DISABLE TRIGGER), or load another table");
    }

    private record FoundTable(TableName table, boolean partitioned, long oid, List<Column> columns) {
        private record Column(
                String name, String type, long typeOid, boolean domain, boolean generated, boolean notNull) {
            FieldType fieldType() {
                return domain ? FieldType.domain() : FieldType.of(typeOid, type);
            }
        }

        static @Nullable FoundTable find(Connection connection, TableName name) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement("""
                SELECT c.oid, n.nspname, c.relkind
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.oid = pg_catalog.to_regclass(?)\
                """)) {
                query.setString(1, name.sql());
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) {
                        return null;
                    }
                    if (!Set.of("r", "p").contains(row.getString(3))) {
                        throw wrong(name + " is not a table: only tables can be loaded");
                    }
                    TableName table = new TableName(row.getString(2), name.name());
                    return new FoundTable(
                            table, row.getString(3).equals("p"), row.getLong(1), columns(connection, row.getLong(1)));
                }
            }
        }

        private static List<Column> columns(Connection connection, long oid) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement("""
                SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.atttypid,
                  t.typtype = 'd', a.attgenerated <> '' OR a.attidentity = 'a', a.attnotnull
                FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum\
                """)) {
                query.setLong(1, oid);
                List<Column> columns = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        columns.add(new Column(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getBoolean(4),
                                row.getBoolean(5),
                                row.getBoolean(6)));
                    }
                }
                return columns;
            }
        }

        TableLayout layout(Connection connection, IngestSpec spec, List<ColumnSpec> wanted) throws SQLException {
            for (ColumnSpec each : wanted) {
                Column column = column(each.target());
                if (column.generated()) {
                    throw wrong("column " + each.target() + " of table " + table
                            + " is generated: leave it out of spec.operation.ingest.columns");
                }
                check(connection, each, column);
            }
            List<String> keys = spec.keyColumns();
            for (String key : keys) {
                column(key);
                if (wanted.stream().noneMatch(each -> each.target().equals(key))) {
                    throw wrong("the key " + key + " is not listed in columns; add it there");
                }
            }
            if (spec.mode() == IngestSpec.Mode.UPSERT && !KeyColumn.isUnique(connection, oid, keys)) {
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
                    wanted.stream()
                            .map(each -> column(each.target()).fieldType())
                            .toList(),
                    wanted.stream()
                            .map(each -> column(each.target()))
                            .filter(Column::notNull)
                            .map(Column::name)
                            .collect(Collectors.toSet()),
                    KeyColumn.read(connection, oid, keys),
                    triggers(connection));
        }

        private Column column(String name) {
            return columns.stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> {
                        List<String> names = columns.stream().map(Column::name).toList();
                        return wrong("table " + table + " has no column " + name + ": it has "
                                + String.join(", ", names) + Spelling.hint(name, names));
                    });
        }

        /** Checks that the column has the wanted type, ignoring modifiers such as lengths. */
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

        /** Returns the triggers of the table and its partitions. */
        private List<String> triggers(Connection connection) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement("""
                WITH RECURSIVE family AS (
                  SELECT ?::oid AS oid
                  UNION
                  SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN family f ON i.inhparent = f.oid)
                SELECT DISTINCT t.tgname FROM pg_catalog.pg_trigger t JOIN family f ON f.oid = t.tgrelid
                WHERE NOT t.tgisinternal AND t.tgenabled NOT IN ('D', 'R') AND t.tgtype & 1 = 1 AND t.tgtype & 2 = 2
                ORDER BY 1\
                """)) {
                query.setLong(1, oid);
                List<String> names = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        names.add(row.getString(1));
                    }
                }
                return names;
            }
        }

        private static JobFailedException wrong(String problem) {
            return new JobFailedException(ExitCode.BAD_MANIFEST, "spec.operation.ingest: " + problem);
        }
    }
}
