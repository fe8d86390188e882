package io.filejob.table;

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
 * The tables that a job's rows wait in until all of them are known: unlogged, divided by the hash of the key, with two
 * columns more, which part of the input the row came with, and its position in the input. A table of parts tells which
 * start in the input each committed part has. All of it is empty after a crash of the server, and then nothing of it
 * passes for loaded.
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
    /** By the hash of which rows are divided; those of one key are together, also if not all its columns can be hashed. */
    private final List<String> hashed;

    /** For rows of {@code layout}, beside its table. Without a key that can be hashed, all rows are in partition 0. */
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

    /** Makes the tables if they are not there. Constraints of the target's own columns hold here, too. */
    void create(Connection connection, TableLayout layout) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet there = statement.executeQuery(
                        "SELECT pg_catalog.to_regclass(" + Sql.text(parts.sql()) + ") IS NOT NULL")) {
            if (there.next() && there.getBoolean(1)) {
                return;
            }
        }
        boolean divided = !hashed.isEmpty();
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE " + (divided ? "" : "UNLOGGED ") + "TABLE " + rows.sql() + " (" + PART + " integer, "
                            + POSITION + " bigint, LIKE " + layout.table().sql() + " INCLUDING CONSTRAINTS)"
                            + (divided ? " PARTITION BY HASH (" + Sql.names(hashed) + ")" : ""));
            Set<String> unused = new HashSet<>(layout.all());
            layout.columns().forEach(unused::remove);
            for (String column : unused) {
                statement.execute("ALTER TABLE " + rows.sql() + " DROP COLUMN " + Sql.name(column));
            }
            for (int i = 0; divided && i < partitions; i++) {
                statement.execute("CREATE UNLOGGED TABLE " + partition(i).sql() + " PARTITION OF " + rows.sql()
                        + " FOR VALUES WITH (MODULUS " + partitions + ", REMAINDER " + i + ")"
                        + " WITH (autovacuum_enabled = off)");
            }
            statement.execute("CREATE SEQUENCE " + numbers.sql() + " AS integer");
            statement.execute("CREATE UNLOGGED TABLE " + parts.sql() + " (start bigint PRIMARY KEY, part integer)");
        }
    }

    /** Where rows are copied to. */
    TableName rows() {
        return rows;
    }

    /** One of the tables that hold all rows together, those of one key in one of them. */
    TableName partition(int number) {
        return hashed.isEmpty() ? rows : rows.sibling(rows.name() + "_" + number);
    }

    /** Whether there is such a partition. */
    boolean has(int number) {
        return number == 0 || !hashed.isEmpty();
    }

    /** A number for a part that is about to be loaded: nobody else's. */
    int nextPart(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT nextval(" + Sql.text(numbers.sql()) + ")")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Says that the rows of {@code part} are those from {@code start} on; whether nobody has loaded them before. */
    boolean add(Connection connection, long start, int part) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + parts.sql() + " VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            insert.setLong(1, start);
            insert.setInt(2, part);
            return insert.executeUpdate() == 1;
        }
    }

    /** The numbers of the parts with these starts; less than there are starts if some are not loaded. */
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

    /** The names of the tables and of the sequence of a job with this {@code prefix}. */
    static List<String> names(String prefix) {
        return List.of(prefix + ROWS, prefix + PARTS, prefix + NUMBERS);
    }

    /** Removes all that a job has beside {@code beside}. */
    static void drop(Statement statement, TableName beside, String prefix) throws SQLException {
        statement.execute("DROP TABLE IF EXISTS "
                + beside.sibling(prefix + ROWS).sql() + ", "
                + beside.sibling(prefix + PARTS).sql());
        statement.execute(
                "DROP SEQUENCE IF EXISTS " + beside.sibling(prefix + NUMBERS).sql());
    }
}
