package io.filejob.postgres;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.ingest.AggregateTableSpec;
import io.filejob.spec.ingest.IngestSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks, before anything is written, that the tables of an ingest are separate: they share no rows, under any name,
 * and writing to them changes no other data.
 */
final class WrittenTables {
    private static final String FIELD = "spec.operation.ingest.";

    /** SQL for the table {@code FAMILY}: a table with its partitions and inheritance children. */
    private static final String FAMILY = """
        WITH RECURSIVE family AS (
          SELECT pg_catalog.to_regclass(?)::oid AS oid
          UNION
          SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN family f ON i.inhparent = f.oid)
        """;

    private final Connection connection;

    private WrittenTables(Connection connection) {
        this.connection = connection;
    }

    /**
     * A table to be written: {@code field} is its field in the manifest, {@code name} includes the schema, {@code kind}
     * is null if it does not exist.
     */
    private record WrittenTable(
            String field, TableName name, @Nullable String kind) {}

    /**
     * Throws {@link JobFailedException} with the table's name if they are not. Tables that do not exist yet are compared by
     * name.
     */
    static void check(Connection connection, IngestSpec spec) throws SQLException {
        new WrittenTables(connection).check(spec);
    }

    private void check(IngestSpec spec) throws SQLException {
        WrittenTable loaded = find(FIELD + "table", TableName.of(spec.table()));
        List<WrittenTable> all = new ArrayList<>(List.of(loaded));
        for (int i = 0; i < spec.aggregateTables().size(); i++) {
            AggregateTableSpec table = spec.aggregateTables().get(i);
            all.add(find(FIELD + "aggregates[" + i + "].table", AggregateTable.name(table, loaded.name())));
        }
        apart(all, find("the ledger", loaded.name().sibling(LoadLedger.NAME)));
        for (WrittenTable each : all) {
            if (each.kind() == null) {
                continue;
            }
            if (!each.kind().equals("r") && !each.kind().equals("p")) {
                throw refused(each, "is not a table: only tables can be loaded");
            }
            boolean emptied = !each.equals(loaded) || spec.mode() == IngestSpec.Mode.REPLACE;
            alone(each, emptied);
            if (emptied || spec.mode() == IngestSpec.Mode.UPSERT) {
                withoutChildren(each);
            }
            boolean visible = emptied || spec.mode() == IngestSpec.Mode.APPEND || all.size() > 1;
            if (visible) {
                withoutHiddenRows(each);
            }
        }
    }

    private WrittenTable find(String field, TableName name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
            SELECT coalesce(n.nspname, ?::name, pg_catalog.current_schema()), c.relkind
            FROM (SELECT pg_catalog.to_regclass(?) AS oid) t
              LEFT JOIN pg_catalog.pg_class c ON c.oid = t.oid
              LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\
            """)) {
            query.setString(1, name.schema());
            query.setString(2, name.sql());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new WrittenTable(field, new TableName(row.getString(1), name.name()), row.getString(2));
            }
        }
    }

    private void apart(List<WrittenTable> all, WrittenTable ledger) throws SQLException {
        List<WrittenTable> before = new ArrayList<>(List.of(ledger));
        for (WrittenTable each : all) {
            for (WrittenTable other : before) {
                Optional<String> common = each.name().equals(other.name())
                        ? Optional.of(each.name().toString())
                        : common(each, other);
                if (common.isPresent()) {
                    throw refused(
                            each,
                            (other.equals(ledger)
                                            ? "is where FileJob notes what is loaded"
                                            : "is also written as " + other.field())
                                    + (each.name().equals(other.name())
                                            ? ""
                                            : ", since both have the rows of " + common.get())
                                    + ": name a table of its own");
                }
            }
            before.add(each);
        }
    }

    /** Returns a table with rows that belong to both tables. */
    private Optional<String> common(WrittenTable one, WrittenTable other) throws SQLException {
        return first(
                FAMILY + ", other AS (SELECT pg_catalog.to_regclass(?)::oid AS oid UNION"
                        + " SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN other f ON i.inhparent = f.oid)"
                        + " SELECT n.nspname || '.' || c.relname FROM family JOIN other USING (oid)"
                        + " JOIN pg_catalog.pg_class c USING (oid)"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace ORDER BY 1",
                one.name().sql(),
                other.name().sql());
    }

    /** Checks that no rule, foreign key or foreign partition makes a write change other data. */
    private void alone(WrittenTable table, boolean emptied) throws SQLException {
        String name = table.name().sql();
        // The event codes stand for UPDATE, INSERT and DELETE.
        String events = emptied ? "('2', '3', '4')" : "('2', '3')";
        Optional<String> rule = first(
                FAMILY + "SELECT r.rulename FROM pg_catalog.pg_rewrite r JOIN family f ON f.oid = r.ev_class"
                        + " WHERE r.ev_type IN " + events + " AND r.ev_enabled NOT IN ('D', 'R') ORDER BY 1",
                name);
        if (rule.isPresent()) {
            throw refused(
                    table, "has the rule " + rule.get() + ", which writes something else than the rows: drop the rule");
        }
        Optional<String> foreign = first(FAMILY + """
            SELECT c.relname FROM pg_catalog.pg_class c JOIN family f USING (oid) WHERE c.relkind = 'f' ORDER BY 1\
            """, name);
        if (foreign.isPresent()) {
            throw refused(
                    table,
                    "has the foreign table " + foreign.get()
                            + " among its partitions, whose rows cannot be committed together with the others: load the"
                            + " other partitions one by one");
        }
        Optional<String> key = !emptied ? Optional.empty() : first(FAMILY + """
            SELECT k.conname || ' of table ' || c.relname
            FROM pg_catalog.pg_constraint k JOIN family f ON f.oid = k.confrelid
              JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
            WHERE k.contype = 'f' AND k.confdeltype IN ('c', 'n', 'd')
              AND k.conrelid NOT IN (SELECT oid FROM family) ORDER BY 1\
            """, name);
        if (key.isPresent()) {
            throw refused(
                    table,
                    "is referred to by the foreign key " + key.get()
                            + ", so that to replace its rows would delete or change rows there: use mode: upsert, or a"
                            + " foreign key without ON DELETE CASCADE, SET NULL and SET DEFAULT");
        }
    }

    private void withoutChildren(WrittenTable table) throws SQLException {
        Optional<String> child =
                first(FAMILY + """
                    SELECT c.relname FROM pg_catalog.pg_class c JOIN family f USING (oid)
                    WHERE NOT c.relispartition AND c.oid <> pg_catalog.to_regclass(?) ORDER BY 1\
                    """, table.name().sql(), table.name().sql());
        if (child.isPresent()) {
            throw refused(
                    table,
                    "has the rows of its inheritance child " + child.get()
                            + " too, to which its unique indexes do not apply: load the child, or use partitions");
        }
    }

    private void withoutHiddenRows(WrittenTable table) throws SQLException {
        Optional<String> role = first(
                "SELECT current_user::text WHERE pg_catalog.row_security_active(pg_catalog.to_regclass(?)::oid)",
                table.name().sql());
        if (role.isPresent()) {
            throw refused(
                    table,
                    "may have rows that row-level security hides from the role " + role.get()
                            + ": use a role that sees all of them (BYPASSRLS), or mode: upsert without aggregates");
        }
    }

    private Optional<String> first(String select, String... names) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(select)) {
            for (int i = 0; i < names.length; i++) {
                query.setString(i + 1, names[i]);
            }
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static JobFailedException refused(WrittenTable table, String problem) {
        return new JobFailedException(ExitCode.BAD_MANIFEST, table.field() + ": " + table.name() + " " + problem);
    }
}
