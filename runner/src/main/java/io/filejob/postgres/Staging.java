package io.filejob.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The staging tables, which hold a job's rows until all of them are known. They are unlogged and partitioned by the
 * hash of the key, with two additional columns: the part of the input that the row belongs to, and the row's position
 * in the input. A table of parts maps the start of each committed part in the input to its number. All of them are
 * empty after a crash of the server, so that no row is mistaken for loaded.
 */
final class Staging {
    static final String PART = "filejob_part";
    static final String POSITION = "filejob_position";

    private static final String ROWS = "_rows";
    private static final String PARTS = "_parts";
    private static final String NUMBERS = "_numbers";

    private final TableName rows;
    private final TableName parts;
    private final TableName numbers;
    private final int partitions;
    /**
     * Key columns by which rows are hash-partitioned; equal keys stay together even if some key columns cannot be
     * hashed.
     */
    private final List<String> hashed;

    /**
     * Creates staging tables for rows of {@code layout}, in the schema of its table. Without a hashable key column, all
     * rows are in partition 0.
     */
    Staging(TableLayout layout, LoadSetting setting) {
        TableName beside = layout.table();
        String prefix = setting.prefix();
        this.rows = beside.sibling(prefix + ROWS);
        this.parts = beside.sibling(prefix + PARTS);
        this.numbers = beside.sibling(prefix + NUMBERS);
        this.partitions = setting.partitions();
        this.hashed = layout.keyColumns().stream()
                .filter(KeyColumn::hashable)
                .map(KeyColumn::name)
                .toList();
    }

    /** Returns whether all tables, partitions and the sequence exist. */
    private boolean isComplete(Connection connection) throws SQLException {
        String table = "pg_catalog.to_regclass(" + Sql.quoteLiteral(rows.sql()) + ")";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + table + " IS NOT NULL AND pg_catalog.to_regclass("
                        + Sql.quoteLiteral(parts.sql()) + ") IS NOT NULL AND pg_catalog.to_regclass("
                        + Sql.quoteLiteral(numbers.sql()) + ") IS NOT NULL AND (SELECT count(*) FROM"
                        + " pg_catalog.pg_inherits WHERE inhparent = " + table + ") = "
                        + (hashed.isEmpty() ? 0 : partitions))) {
            return row.next() && row.getBoolean(1);
        }
    }

    /**
     * Creates the tables unless all of them exist. They have the constraints of the target's columns. If some have been
     * removed, none of their rows is used, since the table of parts no longer tells which rows are there.
     */
    void create(Connection connection, TableLayout layout) throws SQLException {
        if (isComplete(connection)) {
            return;
        }
        boolean divided = !hashed.isEmpty();
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + rows.sql() + ", " + parts.sql());
            statement.execute(
                    "CREATE " + (divided ? "" : "UNLOGGED ") + "TABLE " + rows.sql() + " (" + PART + " integer, "
                            + POSITION + " bigint, LIKE " + layout.table().sql() + " INCLUDING CONSTRAINTS)"
                            + (divided ? " PARTITION BY HASH (" + Sql.names(hashed) + ")" : ""));
            Set<String> unused = new HashSet<>(layout.all());
            layout.columns().forEach(unused::remove);
            for (String column : unused) {
                statement.execute("ALTER TABLE " + rows.sql() + " DROP COLUMN " + Sql.quoteIdentifier(column));
            }
            for (int i = 0; divided && i < partitions; i++) {
                statement.execute("CREATE UNLOGGED TABLE " + partition(i).sql() + " PARTITION OF " + rows.sql()
                        + " FOR VALUES WITH (MODULUS " + partitions + ", REMAINDER " + i + ")"
                        + " WITH (autovacuum_enabled = off)");
            }
            statement.execute("CREATE SEQUENCE IF NOT EXISTS " + numbers.sql() + " AS integer");
            statement.execute("CREATE UNLOGGED TABLE " + parts.sql() + " (start bigint PRIMARY KEY, part integer)");
        }
    }

    /** Returns the table that rows are copied to. */
    TableName rows() {
        return rows;
    }

    /** Returns a partition; equal keys are in the same one. */
    TableName partition(int number) {
        return hashed.isEmpty() ? rows : rows.sibling(rows.name() + "_" + number);
    }

    /** Returns whether the partition {@code number} exists. */
    boolean has(int number) {
        return number == 0 || !hashed.isEmpty();
    }

    /**
     * Returns a unique number for a part that is about to be loaded. Fails as for a missing table if any of the tables
     * is missing: without its partition a row would be refused as if it were bad.
     */
    int nextPart(Connection connection) throws SQLException {
        if (!isComplete(connection)) {
            throw new SQLException("staging tables have been removed", DatabaseErrors.UNDEFINED_TABLE);
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT nextval(" + Sql.quoteLiteral(numbers.sql()) + ")")) {
            row.next();
            return row.getInt(1);
        }
    }

    /**
     * Records that {@code part} contains the rows from {@code start} on; returns false if they have already been
     * loaded.
     */
    boolean add(Connection connection, long start, int part) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + parts.sql() + " VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            insert.setLong(1, start);
            insert.setInt(2, part);
            return insert.executeUpdate() == 1;
        }
    }

    /** Returns the numbers of the parts with these starts; starts of parts that are not loaded are missing. */
    Map<Long, Integer> parts(Connection connection, List<Long> starts) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT start, part FROM " + parts.sql() + " WHERE start = ANY (?)")) {
            query.setArray(1, connection.createArrayOf("bigint", starts.toArray()));
            Map<Long, Integer> found = new HashMap<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.put(row.getLong(1), row.getInt(2));
                }
            }
            return found;
        }
    }

    /** Returns the names of the tables and the sequence of a job with this {@code prefix}. */
    static List<String> names(String prefix) {
        return List.of(prefix + ROWS, prefix + PARTS, prefix + NUMBERS);
    }

    /** Drops a job's tables and sequence in the schema of {@code beside}. */
    static void drop(Statement statement, TableName beside, String prefix) throws SQLException {
        statement.execute("DROP TABLE IF EXISTS "
                + beside.sibling(prefix + ROWS).sql() + ", "
                + beside.sibling(prefix + PARTS).sql());
        statement.execute(
                "DROP SEQUENCE IF EXISTS " + beside.sibling(prefix + NUMBERS).sql());
    }
}
