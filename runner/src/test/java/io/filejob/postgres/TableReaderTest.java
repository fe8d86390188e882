package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.DatabaseSpec;
import io.filejob.spec.SecretReference;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class TableReaderTest {
    @TempDir
    private Path folder;

    private TestDatabase database;
    private TableReader reader;

    @BeforeEach
    void start() {
        database = PostgresServer.shared().database();
        reader = new TableReader(
                new DatabaseSpec(new SecretReference("db")),
                Secrets.of(List.of("db=" + database.secret(folder.resolve("secret")))),
                folder.resolve("scratch"));
    }

    /** Keys with and without nulls, of one or two columns, in both directions, compared with one sorted query. */
    @Test
    void pagesTogetherAreTheWholeTable() {
        Random random = new Random(7);
        for (String nullability : List.of("", " NOT NULL")) {
            database.execute(
                    "DROP TABLE IF EXISTS t",
                    "CREATE TABLE t (a integer" + nullability + ", \"b \"\"x\" text" + nullability + ")");
            for (int i = 0; i < 60; i++) {
                database.execute("INSERT INTO t VALUES (" + literal(random, nullability) + ", "
                        + literal(random, nullability) + "::text) ON CONFLICT DO NOTHING");
            }
            database.execute(
                    "DELETE FROM t USING t u WHERE t.ctid < u.ctid AND (t.a, t.\"b \"\"x\") IS NOT DISTINCT FROM (u.a, u.\"b \"\"x\")");
            for (String direction : List.of("", " DESC")) {
                List<List<@Nullable String>> expected = new ArrayList<>();
                for (List<@Nullable String> row : database.query(
                                "SELECT lpad(row_number() OVER (ORDER BY t.a" + direction + ", t.\"b \"\"x\""
                                        + direction + ")::text, 3, '0'), a::text, \"b \"\"x\" FROM t")
                        .rows()) {
                    expected.add(row.subList(1, 3));
                }
                assertThat(all(List.of("a", "b \"x"), !direction.isEmpty())).isEqualTo(expected);
            }
        }
    }

    @Test
    void aTableWithoutKeysHasPagesToo() {
        database.execute("CREATE TABLE t (a integer)", "INSERT INTO t SELECT i / 2 FROM generate_series(1, 40) i");
        assertThat(all(List.of(TableQuery.PHYSICAL_ORDER), false))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 40)
                        .mapToObj(i -> List.of(Integer.toString(i / 2)))
                        .toList());
    }

    private static String literal(Random random, String nullability) {
        int value = random.nextInt(15);
        return value == 0 && nullability.isEmpty() ? "NULL" : Integer.toString(value);
    }

    private List<List<@Nullable String>> all(List<String> order, boolean descending) {
        List<List<@Nullable String>> all = new ArrayList<>();
        List<@Nullable String> after = null;
        do {
            TablePage page = reader.read(new TableQuery("t", order, descending, null, "", 7, after));
            assertThat(page.rows()).hasSizeBetween(1, 7);
            all.addAll(page.rows());
            after = page.next();
        } while (after != null);
        return all;
    }

    @Test
    void aPrefixFindsExactlyTheRowsThatBeginWithIt() {
        database.execute(
                "CREATE TABLE t (k text PRIMARY KEY)",
                "INSERT INTO t VALUES ('ab%'), ('ab%c'), ('abc'), ('Ab%'), ('a''b'), ('x')");
        assertThat(reader.read(new TableQuery("t", List.of("k"), false, "k", "ab%", 10, null))
                        .rows())
                .containsExactly(List.of("ab%"), List.of("ab%c"));
        assertThat(reader.read(new TableQuery("t", List.of("k"), false, "k", "a'", 10, null))
                        .rows())
                .containsExactly(List.of("a'b"));
    }

    @Test
    void columnsHaveTypesAndLongTextsAreCut() {
        database.execute(
                "CREATE TABLE t (id integer PRIMARY KEY, price numeric(10,2), text varchar)",
                "INSERT INTO t VALUES (1, 2.50, repeat('x', 5000))");
        TablePage page = reader.read(new TableQuery("t", List.of("id"), false, null, "", 10, null));
        assertThat(page.columns())
                .containsExactly(
                        new TablePage.PageColumn("id", "integer"),
                        new TablePage.PageColumn("price", "numeric(10,2)"),
                        new TablePage.PageColumn("text", "character varying"));
        assertThat(page.rows().getFirst().subList(0, 2)).containsExactly("1", "2.50");
        assertThat(page.rows().getFirst().get(2)).hasSize(2001).endsWith("…");
        assertThat(page.count()).isEqualTo(1);
        assertThat(page.isCountExact()).isTrue();
    }

    @Test
    void aLargePartitionedTableIsEstimated() {
        database.execute(
                "CREATE TABLE t (id integer) PARTITION BY RANGE (id)",
                "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (700000)",
                "CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (700000) TO (2000000)",
                "INSERT INTO t SELECT generate_series(1, 1200000)",
                "ANALYZE t1",
                "ANALYZE t2");
        TablePage page = reader.read(new TableQuery("t", List.of("id"), false, null, "", 1, null));
        assertThat(page.isCountExact()).isFalse();
        assertThat(page.count()).isBetween(1_000_001L, 1_300_000L);
    }

    @Test
    void namesAreNeverStatements() {
        database.execute("CREATE TABLE t (id integer PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        for (String name : List.of("x", "id; DROP TABLE t", "\"id\"", "id) --")) {
            assertThatThrownBy(() -> reader.read(new TableQuery("t", List.of(name), false, null, "", 1, null)))
                    .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.BAD_MANIFEST))
                    .hasMessageContaining("has no column " + name);
            assertThatThrownBy(() -> reader.read(new TableQuery(name, List.of("id"), false, null, "", 1, null)))
                    .hasMessageContaining("table " + name + " does not exist");
        }
        assertThat(database.query("TABLE t").rows()).hasSize(1);
    }
}
