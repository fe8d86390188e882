package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.postgres.FieldType.Verdict;
import io.filejob.status.FileJobStatus;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Rows that are refused without the server are those that a real server refuses, for its reasons. */
@Timeout(180)
final class KnownRefusalsTest {
    private static final String[] ODD = {
        "",
        " ",
        "-",
        "+",
        "--1",
        "+-1",
        " 1",
        "1 ",
        "1 x",
        "\t1",
        "1.",
        ".5",
        "1.5",
        "1e5",
        "0x1F",
        "0b1",
        "1_000",
        "1,000",
        "abc",
        "n/a",
        "NaN",
        "nan",
        "inf",
        "-inf",
        "Infinity",
        "infinite",
        "null",
        "nanx",
        "nan(x)",
        "-n/a",
        "i",
        "infant",
        "snow",
        "unknown",
        "now-x",
        "99999",
        "-32768",
        "32768",
        "99.999",
        "999.99",
        "999.999",
        "9.995",
        "0.9999",
        "2147483648",
        "9223372036854775808",
        "12345.5",
        "99999.5",
        "00000000001",
        "{a}",
        "{1}",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "{a0eebc999c0b4ef8bb6d6bb9bd380a11}",
        "abcd",
        "abcd  ",
        "abcde",
        "abcd e",
        "    ",
        "     ",
        "     x",
        "\u000b1",
        "1;",
        "123456",
        "12345678901",
        "123456789012345678901",
        "-99999.5",
        "o",
        "on",
        " TRUE ",
        "tr",
        "truex",
        "falsehood",
        "yes!",
        "later",
        "Yesterday",
        "tomorrow x",
        "infinity",
        "-",
        "??",
        "n.n.",
        "jan",
        "utc",
        "Europe/Nowhere",
        "2026-02-28",
        "2026-02-29",
        "2024-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "0000-01-01",
        "0001-01-01",
        "2026-01-01 23:59",
        "2026-01-01T23:59:59.123456Z",
        "2026-01-01 10:00:00+02:00",
        "2026-01-01 10:00:00-1430",
        "2026-01-01 24:00:00",
        "2026-02-30 10:00:00",
        "2026-01-01x",
        "01.02.2026",
        "é",
        "12é",
        "ééééé",
        "éééé  "
    };
    private static final String LETTERS = "0123456789+-.,eExabfinNIyg_ {}/\t";

    @TempDir
    private Path folder;

    private static String random(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(7); left > 0; left--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** Returns the server's message for a row that it refuses; null if it takes the row. */
    private static @Nullable String refusal(Statement statement, String values) {
        try {
            statement.execute("INSERT INTO t VALUES (" + values + ")");
            return null;
        } catch (SQLException e) {
            return Objects.requireNonNull(e.getMessage()).lines().findFirst().orElse("");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smallint",
                "integer",
                "bigint",
                "numeric",
                "numeric(5,2)",
                "numeric(3,3)",
                "real",
                "double precision",
                "text",
                "character varying",
                "character varying(4)",
                "character(4)",
                "uuid",
                "date",
                "timestamp",
                "timestamp with time zone",
                "boolean",
                "time"
            })
    void everyVerdictIsTheServers(String type) throws SQLException {
        List<String> texts = new ArrayList<>(List.of(ODD));
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 1500; i++) {
            texts.add(random(random));
        }
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        Map<Verdict, Set<String>> reasons = new EnumMap<>(Verdict.class);
        TestDatabase database = PostgresServer.shared().database();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE t (v " + type + ")");
            FieldType judge = type(statement);
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                Verdict verdict = judge.judge(bytes, 0, bytes.length);
                counts.merge(verdict, 1, Integer::sum);
                String refusal = refusal(statement, Sql.quoteLiteral(text));
                if (verdict == Verdict.INVALID || verdict == Verdict.OUT_OF_RANGE) {
                    assertThat(refusal).as("%s takes \"%s\"", type, text).isNotNull();
                    reasons.computeIfAbsent(verdict, _ -> new HashSet<>())
                            .add(Objects.requireNonNull(refusal)
                                    .replaceFirst(": \".*", "")
                                    .replace('"' + text + '"', "it"));
                } else if (verdict == Verdict.VALID) {
                    assertThat(refusal).as("%s refuses \"%s\"", type, text).isNull();
                }
            }
        }
        assertThat(reasons.values()).as("all for one reason").allSatisfy(each -> assertThat(each)
                .hasSize(1));
        assertThat(counts.containsKey(Verdict.UNKNOWN))
                .isNotEqualTo(type.startsWith("character") || type.equals("text") || type.equals("boolean"));
        assertThat(counts.containsKey(Verdict.INVALID))
                .isNotEqualTo(type.equals("time") || type.equals("text") || type.equals("character varying"));
        assertThat(counts.containsKey(Verdict.OUT_OF_RANGE))
                .isEqualTo(type.endsWith("int")
                        || type.equals("integer")
                        || type.startsWith("numeric(5")
                        || type.equals("date")
                        || type.startsWith("timestamp"));
    }

    private static FieldType type(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT a.atttypid, pg_catalog.format_type(a.atttypid, a.atttypmod)"
                + " FROM pg_catalog.pg_attribute a WHERE a.attrelid = 't'::regclass AND a.attnum = 1")) {
            row.next();
            return FieldType.of(row.getLong(1), row.getString(2));
        }
    }

    /** As {@link #refusal}, by a COPY of one row, which checks columns in another order than an INSERT. */
    private static @Nullable String copyRefusal(Connection connection, String row) {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY t FROM STDIN WITH (FORMAT csv)", new StringReader(row + "\n"));
            return null;
        } catch (SQLException e) {
            return Objects.requireNonNull(e.getMessage()).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aLoadOfMostlyBadRowsRefusesThoseThatTheServerRefusesOneByOne() throws SQLException {
        SplittableRandom random = new SplittableRandom(9);
        String columns =
                "id integer, day date, small smallint, code character varying(4) NOT NULL, price numeric(6,2), flag boolean, key uuid NOT NULL";
        IngestRun run = new IngestRun(folder);
        StringBuilder file = new StringBuilder("id,day,small,code,price,flag,key\n");
        Map<Integer, String> refused = new TreeMap<>();
        List<List<String>> taken = new ArrayList<>();
        TestDatabase oracle = PostgresServer.shared().database();
        try (Connection connection = oracle.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (" + columns + ")");
            for (int id = 0; id < 3000; id++) {
                String[] row = {
                    Integer.toString(id),
                    pick(random, "2026-11-28", "2026-11-31", "today", "later", "2026-11-28 10:00"),
                    pick(random, "1", "-7", "x", "1.5", "70000", "700000", "800000", "12 kg"),
                    pick(random, "a", "abcd", "abcd ", "abcde", "héél", "hééél", ""),
                    pick(random, "1", "2.5", "n/a", "99999", "€ 5"),
                    pick(random, "t", "maybe", "OFF"),
                    pick(random, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "key", "a0", "-", "")
                };
                file.append(String.join(",", row)).append('\n');
                String refusal = copyRefusal(connection, String.join(",", row));
                if (refusal == null) {
                    taken.add(List.of(row[0]));
                } else {
                    refused.put(id + 2, refusal.replaceFirst("^[^:]*: ", "").replaceFirst(": \".*", ""));
                }
            }
        }
        assertThat(taken).isNotEmpty();
        run.database.execute("CREATE TABLE t (" + columns + ")");
        run.file("a.csv", file.toString());
        FileJobStatus status =
                run.completes(run.job("nullText: \"\"", "table: t, mode: append", IngestRun.SKIPPING, "64Mi"));
        assertThat(run.database.query("SELECT id FROM t").rows()).containsExactlyInAnyOrderElementsOf(taken);
        assertThat(IngestRun.rows(status).rejected()).isEqualTo(refused.size());
        assertThat(Objects.requireNonNull(status.rejected()).samples())
                .isNotEmpty()
                .allSatisfy(sample -> assertThat(sample.reason()).isEqualTo(refused.get((int) sample.line())));
    }

    private static String pick(SplittableRandom random, String... texts) {
        // Good rows shall not be too rare.
        return random.nextBoolean() ? texts[0] : texts[random.nextInt(texts.length)];
    }
}
