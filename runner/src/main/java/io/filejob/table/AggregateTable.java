package io.filejob.table;

import io.filejob.model.AggregateTableSpec;
import io.filejob.model.MeasureSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a table of the groups of another one's rows anew: readers see the old rows until all new ones are there. */
final class AggregateTable {
    private final AggregateTableSpec spec;
    private final TableName of;
    private final boolean create;

    /** Of the rows of {@code of}; {@code create} if it may have to be made. */
    AggregateTable(AggregateTableSpec spec, TableName of, boolean create) {
        this.spec = spec;
        this.of = of;
        this.create = create;
    }

    /** All of it happens when the transaction is committed. */
    void refresh(Connection connection) throws SQLException {
        TableName named = TableName.of(spec.table());
        String table = (named.schema() == null ? of.sibling(named.name()) : named).sql();
        List<String> columns = Stream.concat(
                        spec.groupBy().stream(), spec.measures().stream().map(MeasureSpec::outputName))
                .toList();
        try (Statement statement = connection.createStatement()) {
            if (create) {
                statement.execute("CREATE TABLE IF NOT EXISTS " + table + " AS " + select() + " WITH NO DATA");
            }
            // Two who do this at the same time would not see each other's rows.
            statement.execute("LOCK TABLE " + table + " IN SHARE ROW EXCLUSIVE MODE");
            statement.execute("DELETE FROM " + table);
            statement.execute("INSERT INTO " + table + " (" + Sql.names(columns) + ") " + select());
        }
    }

    private String select() {
        String measures = spec.measures().stream().map(AggregateTable::measure).collect(Collectors.joining(", "));
        String groups = Sql.names(spec.groupBy());
        return "SELECT " + groups + ", " + measures + " FROM " + of.sql() + " GROUP BY " + groups;
    }

    private static String measure(MeasureSpec measure) {
        String column = measure.column() == null ? "*" : Sql.name(measure.column());
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
        return value + " AS " + Sql.name(measure.outputName());
    }
}
