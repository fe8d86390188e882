package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.ExitCode;
import io.filejob.status.IngestResult;
import io.filejob.testing.fuzz.FuzzRun;
import io.filejob.testing.postgres.TableRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types with an equality that ignores differences: keys are equal if PostgreSQL treats them as equal, and a row counts as
 * unchanged only if all its bytes are the same. Compared with results computed in SQL.
 */
@Timeout(240)
final class HostileTypesTest {
    /** Values of each type, many of them equal to another one. */
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("text", List.of("a", "A", "b", "e")),
            Map.entry("citext", List.of("a", "A", "b", "B", "aB", "Ab")),
            Map.entry("lower_citext", List.of("a", "A", "b", "B")),
            Map.entry("text COLLATE nocase", List.of("a", "A", "b", "B")),
            Map.entry("varchar(5) COLLATE nocase", List.of("a", "A", "b", "B")),
            Map.entry("numeric", List.of("1", "1.0", "1.00", "2", "0", "0.0", "NaN")),
            Map.entry("float8", List.of("0", "-0", "1", "1e0", "NaN")),
            Map.entry("char(4)", List.of("a", "a ", "b", "b  ")),
            Map.entry("jsonb", List.of("1", "1.0", "1.00", "2", "[1]", "[1.0]")),
            Map.entry("interval", List.of("24:00:00", "1 day", "30 days", "1 mon", "1 hour")),
            Map.entry("bit(4)", List.of("0001", "0010")),
            Map.entry("numeric[]", List.of("{1}", "{1.0}", "{2}")),
            Map.entry("inet", List.of("10.0.0.1", "10.0.0.1/32", "10.0.0.2")),
            Map.entry("timestamptz", List.of("2020-01-01 00:00:00+00", "2020-01-01 01:00:00+01")));

    private static final Map<String, List<String>> VALUES = Map.of(
            "box", List.of("(1,1),(0,0)", "(2,0.5),(0,0)"),
            "circle", List.of("<(0,0),1>", "<(5,5),1>"),
            "lseg", List.of("[(0,0),(1,0)]", "[(5,5),(6,5)]"),
            "point", List.of("(0,0)", "(0.0000001,0)"),
            "json", List.of("1", "1.0"),
            "money", List.of("1", "2"));

    @TempDir
    private Path folder;

    private IngestRun run;
    private int tables;

    @BeforeEach
    void start() {
        run = new IngestRun(folder);
        run.database.execute(
                "CREATE SCHEMA elsewhere",
                "CREATE EXTENSION citext",
                "CREATE DOMAIN lower_citext AS citext",
                "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
    }

    @Test
    void rowsAreThoseThatSqlComputes() throws InterruptedException {
        FuzzRun.repeat("hostile types", random -> {
            String key = pick(random, List.copyOf(KEYS.keySet()));
            boolean keyed = random.nextBoolean();
            String value = pick(random, List.copyOf((keyed ? KEYS : VALUES).keySet()));
            List<String> values = Objects.requireNonNull((keyed ? KEYS : VALUES).get(value));
            check(random, key, value, values);
        });
    }

    private void check(SplittableRandom random, String key, String value, List<String> values) {
        String table = "t" + ++tables;
        List<String> keys = Objects.requireNonNull(KEYS.get(key));
        boolean first = random.nextBoolean();
        boolean ignore = random.nextBoolean();
        run.database.execute(
                "CREATE TABLE " + table + " (k " + key + " PRIMARY KEY, v " + value + ")",
                "CREATE TABLE raw_" + table + " (i integer, k " + key + ", v " + value + ")");
        for (int i = random.nextInt(4); i > 0; i--) {
            run.database.execute("INSERT INTO " + table + " VALUES (" + quoted(pick(random, keys)) + ", "
                    + quoted(pick(random, values)) + ") ON CONFLICT DO NOTHING");
        }
        StringBuilder csv = new StringBuilder("k,v\n");
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            String k = pick(random, keys);
            String v = pick(random, values);
            csv.append('"').append(k).append("\",\"").append(v).append("\"\n");
            run.database.execute("INSERT INTO raw_" + table + " VALUES (" + (first ? i : -i) + ", " + quoted(k) + ", "
                    + quoted(v) + ")");
        }
        run.database.execute("CREATE VIEW best_" + table + " AS SELECT DISTINCT ON (k) k, v FROM raw_" + table
                + " ORDER BY k, i DESC");
        String same = "t.k = b.k";
        String equal = "t.v::text COLLATE \"C\" = b.v::text COLLATE \"C\"";
        String both = " FROM " + table + " t JOIN best_" + table + " b ON " + same;
        String known = "SELECT count(*)" + both;
        long matched = number(known);
        long same2 = number(known + " WHERE " + equal);
        long best = number("SELECT count(*) FROM best_" + table);
        TableRows expected = run.database.query(
                ignore
                        ? "SELECT k::text, v::text FROM " + table + " UNION ALL SELECT k::text, v::text FROM best_"
                                + table + " b WHERE NOT EXISTS (SELECT FROM " + table + " t WHERE " + same + ")"
                        : "SELECT coalesce(t.k, b.k)::text, b.v::text FROM best_" + table + " b LEFT JOIN " + table
                                + " t ON "
                                + same + " UNION ALL SELECT k::text, v::text FROM "
                                + table + " t WHERE NOT EXISTS (SELECT FROM best_" + table + " b WHERE " + same + ")");
        long rows = number("SELECT count(*) FROM raw_" + table);

        run.file("a.csv", csv.toString());
        IngestResult result = run.loads("table: " + table + ", keys: [k], duplicates: " + (first ? "first" : "last")
                + ", onConflict: " + (ignore ? "ignore" : "update"));

        String what = key + ", " + value + "\n" + csv;
        assertThat(run.database.query("SELECT k::text, v::text FROM " + table))
                .as(what)
                .isEqualTo(expected);
        assertThat(result.inserted()).as(what).isEqualTo(best - matched);
        assertThat(result.superseded()).as(what).isEqualTo(rows - best);
        assertThat(result.updated()).as(what).isEqualTo(ignore ? 0 : matched - same2);
        assertThat(ignore ? result.ignored() : result.unchanged()).as(what).isEqualTo(ignore ? matched : same2);
    }

    /** The operators of a type need not be on the search path. */
    @Test
    void aTypeInASchemaOfItsOwnIsComparedAsItsIndexDoes() {
        run.database.execute(
                "DROP DOMAIN lower_citext",
                "DROP EXTENSION citext",
                "CREATE EXTENSION citext SCHEMA elsewhere",
                "CREATE TABLE t (k elsewhere.citext PRIMARY KEY, v integer) PARTITION BY HASH (k)",
                "CREATE TABLE part PARTITION OF t FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
                "INSERT INTO t VALUES ('A', 1)");
        run.file("a.csv", "k,v\na,2\nb,3\nB,4\n");
        assertThat(run.fails(ExitCode.BAD_INPUT, "table: t, keys: [k], onConflict: error"))
                .contains("a.csv:2", "its key is in the table already");
        IngestResult result = run.loads("table: t, keys: [k]");
        assertThat(result.updated()).isEqualTo(1);
        assertThat(result.inserted()).isEqualTo(1);
        assertThat(result.superseded()).isEqualTo(1);
        assertThat(run.database.query("SELECT k::text, v FROM t").rows())
                .containsExactly(List.of("A", "2"), List.of("B", "4"));
    }

    @Test
    void anIndexThatComparesInItsOwnWayIsRefused() {
        run.database.execute(
                "CREATE TABLE t (k text, v integer)", "CREATE UNIQUE INDEX t_nocase ON t (k COLLATE nocase)");
        run.file("a.csv", "k,v\na,2\nA,3\n");
        assertThat(run.fails(ExitCode.BAD_MANIFEST, "table: t, keys: [k]"))
                .contains("the unique index t_nocase compares the key k by another collation");
    }

    @Test
    void aKeyWithoutAnOrderIsRefused() {
        run.database.execute("CREATE TABLE t (k json, v integer)");
        run.file("a.csv", "k,v\n1,2\n");
        assertThat(run.fails(ExitCode.BAD_MANIFEST, "table: t, keys: [k], mode: replace"))
                .contains("the key k is of type json, whose values have no order");
    }

    private long number(String query) {
        return Long.parseLong(
                String.valueOf(run.database.query(query).rows().getFirst().getFirst()));
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }

    private static String pick(SplittableRandom random, List<String> values) {
        List<String> sorted = new ArrayList<>(values);
        sorted.sort(null);
        return sorted.get(random.nextInt(sorted.size()));
    }
}
