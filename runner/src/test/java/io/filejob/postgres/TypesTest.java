package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types are those of PostgreSQL: values that it accepts are loaded, others are bad records. */
@Timeout(180)
final class TypesTest {
    private static final String COLUMN = "table: t, keys: [k]";

    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void start() {
        run = new IngestRun(folder);
        run.database.execute(
                "CREATE TYPE mood AS ENUM ('sad', 'happy')", "CREATE DOMAIN even AS integer CHECK (VALUE % 2 = 0)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "integer|42|42|4x|invalid input syntax for type integer",
                "numeric(10,2)|1.005|1.01|123456789.00|numeric field overflow",
                "date|2020-02-29|2020-02-29|2021-02-29|date/time field value out of range",
                "timestamptz|2020-06-01 12:00|2020-06-01 12:00:00+00|noon|invalid input syntax for type timestamp with time zone",
                "boolean|yes|t|perhaps|invalid input syntax for type boolean",
                "jsonb|\"{\"\"b\"\": 1, \"\"a\"\": [2]}\"|{\"a\": [2], \"b\": 1}|{b|invalid input syntax for type json",
                "text[]|\"{a,\"\"b c\"\"}\"|{a,\"b c\"}|{a|malformed array literal",
                "mood|happy|happy|angry|invalid input value for enum mood",
                "even|4|4|5|value for domain even violates check constraint \"even_check\"",
                "varchar(5)|12345|12345|123456|value too long for type character varying(5)",
            })
    void areThoseOfPostgres(String type, String good, String value, String bad, String reason) {
        run.database.execute("CREATE TABLE t (k text PRIMARY KEY, v " + type + ")");
        run.file("a.csv", "k,v\n\"of\ntwo lines\"," + good + "\nbad," + bad + "\nc," + good + "\n");
        TimeZone usual = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            assertThat(run.fails(ExitCode.BAD_INPUT, COLUMN))
                    .startsWith(run.path("a.csv") + ":4: column \"v\": \"" + bad + "\": " + reason);
            assertThat(run.database.query("TABLE t").rows()).isEmpty();
            assertThat(run.loadsGood(COLUMN).inserted()).isEqualTo(2);
            assertThat(run.loadsGood(COLUMN).unchanged()).isEqualTo(2);
        } finally {
            TimeZone.setDefault(usual);
        }
        String text =
                type.equals("timestamptz") ? "to_char(v AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS+00')" : "v::text";
        assertThat(run.database.query("SELECT " + text + " FROM t").rows())
                .containsExactly(
                        List.of(type.equals("boolean") ? "true" : value),
                        List.of(type.equals("boolean") ? "true" : value));
        assertThat(run.rejects())
                .isEqualTo("source,line,column,reason,record\n" + run.path("a.csv") + ",4,v,"
                        + (reason.contains("\"") ? '"' + reason.replace("\"", "\"\"") + '"' : reason) + ",\"bad," + bad
                        + "\"\n");
        run.assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upsert, keys: [k]|n|x,|null value in column \"n\" of relation \"t\" violates not-null constraint",
                "append|n|x,|null value in column \"n\" of relation \"t\" violates not-null constraint",
                "upsert, keys: [k]||x,-1|new row for relation \"t\" violates check constraint \"t_n_check\"",
                "append||x,-1|new row for relation \"t\" violates check constraint \"t_n_check\"",
            })
    void constraintsOfColumnsMakeBadRecords(String mode, String column, String bad, String reason) {
        run.database.execute("CREATE TABLE t (k text PRIMARY KEY, n integer NOT NULL CHECK (n >= 0))");
        run.file("a.csv", "k,n\na,1\n" + bad + "\nb,2\n");
        String rejected = run.path("a.csv") + ",3," + (column == null ? "" : column) + ",\""
                + reason.replace("\"", "\"\"") + "\",\"" + bad + "\"\n";
        assertThat(IngestRun.rows(run.completes(
                                run.job("nullText: \"\"", "table: t, mode: " + mode, IngestRun.SKIPPING, "12")))
                        .rejected())
                .isEqualTo(1);
        assertThat(run.rejects()).isEqualTo("source,line,column,reason,record\n" + rejected);
        assertThat(run.database.query("SELECT n FROM t").rows()).containsExactly(List.of("1"), List.of("2"));
    }

    @Test
    void columnsThatAreNotLoadedGetWhatTheTableHasForThem() {
        run.database.execute(
                "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, k text PRIMARY KEY, n integer,"
                        + " twice integer GENERATED ALWAYS AS (n * 2) STORED, c text NOT NULL DEFAULT 'new', CHECK (n < twice OR c <> ''))");
        run.file("a.csv", "k,n\na,1\nb,2\n");
        assertThat(run.loads(COLUMN).inserted()).isEqualTo(2);
        run.database.execute("UPDATE t SET c = 'old' WHERE k = 'a'");
        run.file("a.csv", "k,n\na,5\n");
        assertThat(run.loads(COLUMN).updated()).isEqualTo(1);
        assertThat(run.database.query("SELECT k, n, twice, c FROM t").rows())
                .containsExactly(List.of("a", "5", "10", "old"), List.of("b", "2", "4", "new"));
        assertThat(run.database.query("SELECT DISTINCT id FROM t").rows()).hasSize(2);
        run.file("a.csv", "k,n,twice\na,5,10\n");
        assertThat(run.fails(ExitCode.BAD_MANIFEST, COLUMN)).contains("column twice", "is generated: leave it out");
    }
}
