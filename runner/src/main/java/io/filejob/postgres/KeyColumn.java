package io.filejob.postgres;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A key column with its comparison operator in PostgreSQL.
 *
 * @param name the column's name
 * @param equality the equality operator of the type's default order, independent of the search path: {@code
 *     OPERATOR(schema.=)}
 * @param hashable whether rows can be partitioned by the column's hash without separating equal values
 */
record KeyColumn(String name, String equality, boolean hashable) {
    /**
     * Finds each column's type with domains resolved, and the default operator classes that CREATE INDEX would choose.
     */
    private static final String TYPES = """
        WITH RECURSIVE typed AS (
          SELECT a.attname, a.attcollation, a.atttypid AS type
          FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = ? AND a.attname = ANY (?) AND NOT a.attisdropped
          UNION ALL
          SELECT d.attname, d.attcollation, t.typbasetype
          FROM typed d JOIN pg_catalog.pg_type t ON t.oid = d.type WHERE t.typtype = 'd'),
        columns AS (
          SELECT d.attname AS name, d.attcollation AS coll, t.oid, t.typname, t.typnamespace, t.typtype,
            t.typcategory, pg_catalog.format_type(t.oid, NULL) AS shown,
            coalesce((SELECT collisdeterministic FROM pg_catalog.pg_collation l WHERE l.oid = d.attcollation), true)
              AS deterministic
          FROM typed d JOIN pg_catalog.pg_type t ON t.oid = d.type WHERE t.typtype <> 'd'),
        classes AS (
          SELECT m.amname, c.opcfamily, c.opcintype, i.typname AS input, i.typispreferred AS preferred,
            i.typnamespace
          FROM pg_catalog.pg_opclass c JOIN pg_catalog.pg_am m ON m.oid = c.opcmethod
            JOIN pg_catalog.pg_type i ON i.oid = c.opcintype
          WHERE c.opcdefault AND m.amname IN ('btree', 'hash')),
        equalities AS (
          SELECT DISTINCT ON (k.name, c.amname) k.name, c.amname, p.amopopr
          FROM columns k JOIN classes c ON c.opcintype = k.oid
            OR (c.typnamespace = 'pg_catalog'::regnamespace AND c.input = CASE
              WHEN k.typtype = 'e' THEN 'anyenum' WHEN k.typtype = 'r' THEN 'anyrange'
              WHEN k.typtype = 'm' THEN 'anymultirange' WHEN k.typtype = 'c' THEN 'record'
              WHEN k.typcategory = 'A' THEN 'anyarray' END)
            OR EXISTS (
              SELECT FROM pg_catalog.pg_cast b WHERE b.castsource = k.oid AND b.casttarget = c.opcintype
                AND b.castmethod = 'b' AND b.castcontext = 'i')
          JOIN pg_catalog.pg_amop p ON p.amopfamily = c.opcfamily AND p.amoplefttype = c.opcintype
            AND p.amoprighttype = c.opcintype
            AND p.amopstrategy = CASE c.amname WHEN 'btree' THEN 3 ELSE 1 END
          ORDER BY k.name, c.amname, c.opcintype = k.oid DESC, c.preferred DESC, c.opcintype)
        """;

    private static final String COLUMNS = TYPES + """
        SELECT k.name, k.shown, n.nspname, o.oprname,
          h.amopopr IS NOT DISTINCT FROM e.amopopr AND k.typtype NOT IN ('c', 'r', 'm') AND k.typcategory <> 'A'
        FROM columns k LEFT JOIN equalities e ON e.name = k.name AND e.amname = 'btree'
          LEFT JOIN equalities h ON h.name = k.name AND h.amname = 'hash'
          LEFT JOIN pg_catalog.pg_operator o ON o.oid = e.amopopr
          LEFT JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
        """;

    /**
     * Finds the unique indexes that ON CONFLICT can use, each with the column, if any, that it compares differently.
     */
    private static final String INDEXES = TYPES + """
        SELECT x.relname, (
          SELECT min(a.attname) FROM unnest(i.indkey::int2[], i.indclass::oid[], i.indcollation::oid[])
            WITH ORDINALITY u(number, class, coll, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.number
          JOIN columns k ON k.name = a.attname
          JOIN pg_catalog.pg_opclass c ON c.oid = u.class
          LEFT JOIN pg_catalog.pg_collation l ON l.oid = u.coll
          LEFT JOIN pg_catalog.pg_amop p ON p.amopfamily = c.opcfamily AND p.amopstrategy = 3
            AND p.amoplefttype = c.opcintype AND p.amoprighttype = c.opcintype
          LEFT JOIN equalities e ON e.name = k.name AND e.amname = 'btree'
          WHERE u.place <= i.indnkeyatts AND (p.amopopr IS DISTINCT FROM e.amopopr
            OR (u.coll <> k.coll AND NOT (coalesce(l.collisdeterministic, true) AND k.deterministic))))
        FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
        WHERE i.indrelid = ? AND i.indisunique AND i.indisvalid AND i.indimmediate
          AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indnkeyatts = cardinality(?::name[])
          AND (
            SELECT count(*) FROM unnest(i.indkey::int2[]) WITH ORDINALITY u(number, place)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.number
            WHERE u.place <= i.indnkeyatts AND a.attname = ANY (?)) = i.indnkeyatts
        ORDER BY 2 NULLS LAST\
        """;

    /** Returns the columns {@code keys} of {@code table}; throws {@link JobFailedException} if the type of one has no order. */
    static List<KeyColumn> read(Connection connection, long table, List<String> keys) throws SQLException {
        List<KeyColumn> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setLong(1, table);
            query.setArray(2, connection.createArrayOf("name", keys.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (row.getString(4) == null) {
                        throw refused("the key " + row.getString(1) + " is of type " + row.getString(2)
                                + ", whose values have no order: name other keys");
                    }
                    found.add(new KeyColumn(
                            row.getString(1),
                            "OPERATOR(" + Sql.quoteIdentifier(row.getString(3)) + "." + row.getString(4) + ")",
                            row.getBoolean(5)));
                }
            }
        }
        Set<String> order = new LinkedHashSet<>(keys);
        return order.stream()
                .flatMap(key -> found.stream().filter(column -> column.name().equals(key)))
                .toList();
    }

    /**
     * Returns whether {@code table} has a unique index on {@code keys}, in any order.
     *
     * @throws JobFailedException if such an index compares a column by another equality than the column itself, since it would
     *     then be undefined which rows of an input have the same key
     */
    static boolean isUnique(Connection connection, long table, List<String> keys) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(INDEXES)) {
            var names = connection.createArrayOf("name", keys.toArray());
            query.setLong(1, table);
            query.setArray(2, names);
            query.setLong(3, table);
            query.setArray(4, names);
            query.setArray(5, names);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                if (row.getString(2) != null) {
                    throw refused("the unique index " + row.getString(1) + " compares the key " + row.getString(2)
                            + " by another collation or operator class than the column has: give the column that"
                            + " collation, or create the index without its own");
                }
                return true;
            }
        }
    }

    private static JobFailedException refused(String problem) {
        return new JobFailedException(ExitCode.BAD_MANIFEST, "spec.operation.ingest.keys: " + problem);
    }
}
