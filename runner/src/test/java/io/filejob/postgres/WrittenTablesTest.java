package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A load changes only the tables that it names, each in the specified way, under any name. */
@Timeout(180)
final class WrittenTablesTest {
    private static final String GROUPED = ", groupBy: [k], measures: [{function: max, column: n, as: n}]}]";

    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void start() {
        run = new IngestRun(folder);
        run.database.execute(
                "CREATE SCHEMA s",
                "CREATE TABLE t (k text PRIMARY KEY, n integer)",
                "INSERT INTO t VALUES ('before', 1)",
                "CREATE TABLE parent (k text, n integer)",
                "CREATE TABLE child (PRIMARY KEY (k)) INHERITS (parent)",
                "CREATE TABLE whole (k text PRIMARY KEY, n integer) PARTITION BY LIST (k)",
                "CREATE TABLE part PARTITION OF whole DEFAULT",
                "CREATE VIEW view AS TABLE t",
                "CREATE MATERIALIZED VIEW kept AS TABLE t",
                "CREATE TABLE ruled (k text PRIMARY KEY, n integer)",
                "CREATE RULE also AS ON DELETE TO ruled DO ALSO DELETE FROM t",
                "CREATE TABLE doing (k text PRIMARY KEY, n integer)",
                "CREATE RULE instead AS ON INSERT TO doing DO INSTEAD NOTHING",
                "CREATE TABLE referred (k text PRIMARY KEY, n integer)",
                "CREATE TABLE orders (k text REFERENCES referred ON DELETE CASCADE)",
                "INSERT INTO referred VALUES ('a', 1)",
                "INSERT INTO orders VALUES ('a')",
                "CREATE TABLE hidden (k text PRIMARY KEY, n integer, owner text DEFAULT 'else')",
                "INSERT INTO hidden VALUES ('before', 1)",
                "ALTER TABLE hidden ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE hidden FORCE ROW LEVEL SECURITY",
                "CREATE POLICY mine ON hidden USING (owner <> 'else')");
        run.file("a.csv", "k,n\na,1\nb,2\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "table: t, keys: [k], aggregates: [{table: public.t|aggregates[0].table: public.t is also written as"
                        + " spec.operation.ingest.table",
                "table: public.t, keys: [k], aggregates: [{table: t|aggregates[0].table: public.t is also written",
                "table: whole, keys: [k], aggregates: [{table: part|since both have the rows of public.part",
                "table: part, keys: [k], aggregates: [{table: whole|since both have the rows of public.part",
                "table: child, keys: [k], aggregates: [{table: parent|since both have the rows of public.child",
                "table: t, keys: [k], aggregates: [{table: view|public.view is not a table",
                "table: t, keys: [k], aggregates: [{table: kept|public.kept is not a table",
                "table: t, keys: [k], aggregates: [{table: ruled|has the rule also",
                "table: t, keys: [k], aggregates: [{table: referred|foreign key orders_k_fkey of table orders",
                "table: t, keys: [k], aggregates: [{table: hidden|row-level security",
                "table: t, keys: [k], aggregates: [{table: filejob_ledger|is where FileJob notes what is loaded",
            })
    void anAggregatedTableThatIsNotApartIsRefused(String ingest, String message) {
        assertThat(run.fails(ExitCode.BAD_MANIFEST, ingest + GROUPED)).contains(message);
        assertUntouched();
    }

    @Test
    void twoNamesOfOneAggregatedTableAreRefused() {
        String twice = "table: t, keys: [k], createTable: true, aggregates: [{table: sums"
                + GROUPED.replace("}]}]", "}]}, ") + "{table: public.sums" + GROUPED;
        assertThat(run.fails(ExitCode.BAD_MANIFEST, twice))
                .contains("aggregates[1].table: public.sums is also written as"
                        + " spec.operation.ingest.aggregates[0].table");
        assertUntouched();
    }

    @Test
    void tablesThatAreNotThereYetAreComparedToo() {
        assertThat(run.fails(
                        ExitCode.BAD_MANIFEST,
                        "table: fresh, keys: [k], createTable: true, aggregates: [{table: public.fresh" + GROUPED))
                .contains("public.fresh is also written");
        assertThat(run.database.query("SELECT to_regclass('fresh') IS NULL").rows())
                .containsExactly(List.of("t"));
    }

    @Test
    void aTableOfTheSameNameInAnotherSchemaIsAnotherOne() {
        run.loads("table: t, keys: [k], createTable: true, aggregates: [{table: s.t" + GROUPED);
        assertThat(run.database.query("SELECT k, n FROM s.t")).isEqualTo(run.database.query("SELECT k, n FROM t"));
        assertThat(run.database.query("TABLE t").rows()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "table: referred, mode: replace|foreign key orders_k_fkey of table orders",
                "table: hidden, mode: replace|row-level security hides from the role filejob",
                "table: hidden, mode: append|row-level security",
                "table: parent, mode: replace|inheritance child child",
                "table: ruled, mode: replace|has the rule also",
                "table: doing, keys: [k]|has the rule instead",
                "table: doing, mode: append|has the rule instead",
                "table: filejob_ledger, mode: append|is where FileJob notes what is loaded",
            })
    void aTableWhoseWritesWouldReachFurtherIsRefused(String ingest, String message) {
        assertThat(run.fails(ExitCode.BAD_MANIFEST, ingest)).contains(message);
        assertUntouched();
    }

    /** Tables without such side effects are loaded. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "table: referred, keys: [k]",
                "table: parent, mode: append",
                "table: child, keys: [k]",
                "table: ruled, keys: [k]"
            })
    void whatChangesNoOtherTableIsLoaded(String ingest) {
        run.loads(ingest);
        assertThat(run.database.query("TABLE orders").rows()).hasSize(1);
    }

    private void assertUntouched() {
        assertThat(run.database.query("SELECT k FROM t").rows()).containsExactly(List.of("before"));
        assertThat(run.database.query("TABLE orders").rows()).hasSize(1);
        run.assertNothingLeft();
        run.database.execute("ALTER TABLE hidden NO FORCE ROW LEVEL SECURITY");
        assertThat(run.database.query("SELECT k FROM hidden").rows()).containsExactly(List.of("before"));
    }
}
