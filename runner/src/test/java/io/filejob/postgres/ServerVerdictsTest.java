package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.status.FileJobStatus;
import io.filejob.testing.postgres.PostgresServer;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;

/** Texts that only the server can judge: verdicts about many of them at once are those of COPY about single rows. */
@Timeout(180)
final class ServerVerdictsTest {
    private static final List<String> TYPES = List.of(
            "CREATE TYPE mood AS ENUM ('sad', 'it''s \"ok\"')",
            "CREATE DOMAIN positive AS numeric(6,2) CHECK (VALUE > 0)",
            "CREATE DOMAIN small AS positive CONSTRAINT limited CHECK (VALUE < 100)",
            "CREATE DOMAIN required AS text NOT NULL",
            "CREATE DOMAIN short AS varchar(4)");
    private static final String[] ODD = {
        "",
        " ",
        "1",
        "-1",
        "10.0.0.1",
        "10.0.0.256",
        "::1",
        "[1,5)",
        "[5,1]",
        "[1,",
        "sad",
        "it's \"ok\"",
        "SAD",
        "0.001",
        "99.999",
        "1234567.1",
        "n/a",
        "10:30",
        "25:00",
        "24:00:00",
        "1 day",
        "1 dya",
        "P1D",
        "{1,2}",
        "{1,x}",
        "{}",
        "(1,2)",
        "(1,2",
        "101",
        "1012",
        "1010",
        "\\x0f",
        "\\xzz",
        "{\"a\": 1}",
        "{\"a\": }",
        "null",
        "<a/>",
        "<a",
        "integer",
        "nothing",
        "08:00:2b:01:02:03",
        "$1.50",
        "é",
        "ab cd",
        "abcd ",
        "it's",
        "\\",
        "a\tb",
        "a\nb",
        "\"quoted\"",
        "2026-02-30",
        "1_000"
    };

    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void types() {
        run = new IngestRun(folder, PostgresServer.shared().database());
        TYPES.forEach(run.database::execute);
    }

    /** Returns the server's refusal of one row; null if it takes the row. */
    private static @Nullable CopyError copied(Connection connection, String row, List<String> columns) {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY t FROM STDIN WITH (FORMAT csv, NULL 'NULL')", new StringReader(row + "\n"));
            return null;
        } catch (SQLException e) {
            TableName table = new TableName("public", "t");
            return CopyError.of(e, table, table, columns);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "NULL" : '"' + text.replace("\"", "\"\"") + '"';
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "inet|true",
                "macaddr|true",
                "int4range|true",
                "mood|true",
                "positive|true",
                "small|true",
                "required|true",
                "short|true",
                "time|true",
                "interval|true",
                "interval day|true",
                "json|true",
                "jsonb|true",
                "point|true",
                "int[]|true",
                "mood[]|true",
                "bit varying|true",
                "time(0)|true",
                "timestamp(3)|true",
                "bytea|true",
                "money|true",
                "date|true",
                "integer|true",
                "numeric(4,2)|true",
                "xml|true",
                // The cast from text takes no numbers of tables, and the length of bits is checked first.
                "regclass|false",
                "bit(3)|false",
                "bit varying(3)|false"
            })
    void aVerdictIsThatOfACopyOfTheText(String type, boolean isKnown) throws SQLException {
        run.database.execute("CREATE TABLE t (\"the value\" " + type + ")");
        List<@Nullable String> texts = new ArrayList<>(List.of(ODD));
        texts.add(null);
        try (Connection connection = run.database.connect()) {
            connection.setAutoCommit(false);
            ServerVerdicts verdicts = new ServerVerdicts(new TableName("public", "t"), List.of("the value"));
            texts.forEach(text -> verdicts.want(0, text));
            verdicts.ask(connection);
            connection.rollback();
            connection.setAutoCommit(true);
            int refused = 0;
            for (String text : texts) {
                CopyError refusal = copied(connection, quoted(text), List.of("the value"));
                String verdict = verdicts.of(0, text);
                if (isKnown) {
                    assertThat(verdict)
                            .as("%s: \"%s\"", type, text)
                            .isEqualTo(refusal == null ? ServerVerdicts.TAKEN : refusal.reason());
                } else {
                    assertThat(verdict).isNull();
                }
                refused += refusal == null ? 0 : 1;
            }
            assertThat(refused).isBetween(1, texts.size() - 1);
        }
    }

    /** Long texts and errors that are no verdicts about a text remain unknown. */
    @Test
    void otherFailuresAreNoVerdicts() throws SQLException {
        run.database.execute("CREATE FUNCTION broken(text) RETURNS boolean LANGUAGE sql AS 'SELECT $1 = ''good'''");
        run.database.execute("CREATE DOMAIN odd AS text CHECK (broken(VALUE))");
        run.database.execute("CREATE TABLE t (a odd, b inet)");
        run.database.execute("ALTER FUNCTION broken(text) RENAME TO moved");
        run.database.execute("CREATE OR REPLACE FUNCTION moved(text) RETURNS boolean LANGUAGE plpgsql"
                + " AS 'BEGIN RETURN nothing($1); END'");
        try (Connection connection = run.database.connect()) {
            connection.setAutoCommit(false);
            ServerVerdicts verdicts = new ServerVerdicts(new TableName("public", "t"), List.of("a", "b"));
            verdicts.want(0, "x");
            verdicts.want(1, "x".repeat(20_000));
            verdicts.want(1, "x");
            verdicts.ask(connection);
            assertThat(verdicts.of(0, "x")).isNull();
            assertThat(verdicts.of(1, "x".repeat(20_000))).isNull();
            assertThat(verdicts.of(1, "x")).isEqualTo("invalid input syntax for type inet");
            connection.commit();
        }
    }

    @Test
    void aLoadOfMostlyBadRowsRejectsThoseThatTheServerRefusesOneByOne() throws SQLException {
        SplittableRandom random = new SplittableRandom(11);
        List<String> names = List.of("id", "ip", "price", "note", "mood", "span", "at");
        String columns = "id integer, ip inet, price small NOT NULL, note required, mood mood, span int4range, at time";
        run.database.execute("CREATE TABLE t (" + columns + ")");
        StringBuilder file = new StringBuilder(String.join(",", names)).append('\n');
        Map<Integer, String> refused = new TreeMap<>();
        List<List<String>> taken = new ArrayList<>();
        try (Connection connection = run.database.connect()) {
            for (int id = 0; id < 3000; id++) {
                String row = String.join(
                        ",",
                        Integer.toString(id),
                        pick(random, "10.0.0.1", "10.0.0." + id, "n/a", "NULL"),
                        pick(random, "9.5", "0", "100", "x" + id % 7, "-" + id, "NULL"),
                        pick(random, "new", "", "NULL"),
                        pick(random, "sad", "glad", "glad " + id, "NULL"),
                        pick(random, "\"[1,2]\"", "\"[3,2]\"", "\"[" + id + "]\""),
                        pick(random, "10:30", "24:30", "noon"));
                file.append(row).append('\n');
                CopyError refusal = copied(connection, row, names);
                if (refusal == null) {
                    taken.add(List.of(Integer.toString(id)));
                } else {
                    refused.put(id + 2, refusal.reason());
                }
            }
        }
        assertThat(taken).isNotEmpty();
        run.database.execute("TRUNCATE t");
        run.file("a.csv", file.toString());
        FileJobStatus status =
                run.completes(run.job("nullText: \"NULL\"", "table: t, mode: append", IngestRun.SKIPPING, "64Mi"));
        assertThat(run.database.query("SELECT id FROM t").rows()).containsExactlyInAnyOrderElementsOf(taken);
        assertThat(IngestRun.rows(status).rejected()).isEqualTo(refused.size());
        assertThat(Objects.requireNonNull(status.rejected()).samples())
                .isNotEmpty()
                .allSatisfy(sample -> assertThat(sample.reason()).isEqualTo(refused.get((int) sample.line())));
    }

    private static String pick(SplittableRandom random, String... texts) {
        // Good rows shall not be too rare.
        return random.nextInt(3) > 0 ? texts[0] : texts[random.nextInt(texts.length)];
    }
}
