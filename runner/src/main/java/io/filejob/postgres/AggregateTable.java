package io.filejob.postgres;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.ingest.AggregateTableSpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rebuilds a table of aggregates of another table's rows. Readers see the old rows until the new ones are committed.
 */
final class AggregateTable {
    private final AggregateTableSpec spec;
    private final TableName of;
    private final boolean create;

    /** Aggregates the rows of {@code of}; {@code create} if the table is created when it does not exist. */
    AggregateTable(AggregateTableSpec spec, TableName of, boolean create) {
        this.spec = spec;
        this.of = of;
        this.create = create;
    }

    /** Returns the name of {@code spec}'s table; without a schema, the table is in the schema of {@code of}. */
    static TableName name(AggregateTableSpec spec, TableName of) {
        TableName named = TableName.of(spec.table());
        return named.schema() == null ? of.sibling(named.name()) : named;
    }

    /**
     * Replaces all rows of the table and returns their number. Takes effect when the caller commits the transaction.
     */
    long refresh(Connection connection) throws SQLException {
        String table = name(spec, of).sql();
        String columns = Sql.names(
                Stream.concat(spec.groupBy().stream(), spec.measures().stream().map(MeasureSpec::outputName))
                        .toList());
        try (Statement statement = connection.createStatement()) {
            if (create) {
                statement.execute("CREATE TABLE IF NOT EXISTS " + table + " AS " + select() + " WITH NO DATA");
            }
            // Two concurrent refreshes would not see each other's rows.
            statement.execute("LOCK TABLE " + table + " IN SHARE ROW EXCLUSIVE MODE");
            statement.execute("DELETE FROM " + table);
            try (ResultSet row = statement.executeQuery("WITH source AS MATERIALIZED (" + select()
                    + "), put AS (INSERT INTO " + table + " (" + columns + ") SELECT " + columns
                    + " FROM source RETURNING 1) SELECT (SELECT count(*) FROM source), (SELECT count(*) FROM put),"
                    + " EXISTS (SELECT FROM " + table + ")")) {
                row.next();
                if (row.getLong(1) != row.getLong(2) || row.getBoolean(3)) {
                    throw new JobFailedException(
                            ExitCode.BAD_MANIFEST,
                            "spec.operation.ingest.aggregates: a trigger of the table " + name(spec, of)
                                    + " has dropped rows or kept old ones: disable it, or name another table");
                }
                return row.getLong(1);
            }
        }
    }

    private String select() {
        String measures = spec.measures().stream().map(AggregateTable::measure).collect(Collectors.joining(", "));
        String groups = Sql.names(spec.groupBy());
        return "SELECT " + groups + ", " + measures + " FROM " + of.sql() + " GROUP BY " + groups;
    }

    private static String measure(MeasureSpec measure) {
        String column = measure.column() == null ? "*" : Sql.quoteIdentifier(measure.column());
        String value =
                switch (measure.function()) {
                    case COUNT -> "count(" + column + ")";
                    case COUNT_DISTINCT -> "count(DISTINCT " + column + ")";
                    case SUM -> "sum(" + column + ")";
                    case MIN -> "min(" + column + ")";
                    case MAX -> "max(" + column + ")";
                    case AVG -> "avg(" + column + ")";
                    case FIRST, LAST -> throw new IllegalArgumentException("rows of a table have no order");
                };
        return value + " AS " + Sql.quoteIdentifier(measure.outputName());
    }
}
