package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.ExitCode;
import io.filejob.status.IngestResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Features of a table other than its columns keep their effect. */
@Timeout(180)
final class TablesOfAllKindsTest {
    private static final String UPSERT = "table: t, keys: [k]";

    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void start() {
        run = new IngestRun(folder);
    }

    private static void assertRows(IngestResult result, long inserted, long updated, long unchanged) {
        assertThat(List.of(result.inserted(), result.updated(), result.unchanged()))
                .containsExactly(inserted, updated, unchanged);
    }

    @Test
    void madeFromTheSpec() {
        run.file("a.csv", "k,n,c\na,1,x\nb,2,y\n");
        assertRows(
                run.loads("table: t, createTable: true, keys: [k, n],"
                        + " columns: [{from: k}, {from: n, type: 'numeric(10,2)'}, {from: c, to: C}]"),
                2,
                0,
                0);
        assertThat(run.database
                        .query("SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                                + " WHERE attrelid = 't'::regclass AND attnum > 0")
                        .rows())
                .containsExactly(List.of("C", "text"), List.of("k", "text"), List.of("n", "numeric(10,2)"));
        assertThat(run.database
                        .query("SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                                + " WHERE conrelid = 't'::regclass AND contype = 'p'")
                        .rows())
                .containsExactly(List.of("PRIMARY KEY (k, n)"));
    }

    @Test
    void partitioned() {
        run.database.execute(
                "CREATE TABLE t (k text, n integer, v text, PRIMARY KEY (k, n)) PARTITION BY RANGE (n)",
                "CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE t_high PARTITION OF t FOR VALUES FROM (10) TO (20)",
                "INSERT INTO t VALUES ('a', 1, 'old'), ('b', 11, 'same')");
        run.file("a.csv", "n,k,v\n1,a,new\n11,b,same\n12,c,new\n2,d,new\n");
        assertRows(run.loads("table: t, keys: [k, n]"), 2, 1, 1);
        assertThat(run.database.query("SELECT k, v FROM t_high").rows())
                .containsExactly(List.of("b", "same"), List.of("c", "new"));
        run.file("a.csv", "n,k,v\n1,e,good\n21,f,out of range\n");
        assertThat(run.fails(ExitCode.BAD_INPUT, "table: t, keys: [k, n]")).contains("no partition of relation");
        assertThat(run.loadsGood("table: t, mode: append").inserted()).isEqualTo(1);
        assertThat(run.rejects()).contains("a.csv,3,,").contains("no partition of relation \"\"t\"\" found for row");
    }

    @Test
    void withAnotherUniqueConstraint() {
        run.database.execute("CREATE TABLE t (k text PRIMARY KEY, u text UNIQUE)", "INSERT INTO t VALUES ('a', '1')");
        run.file("a.csv", "k,u\nb,1\n");
        assertThat(run.fails(ExitCode.BAD_INPUT, UPSERT)).contains("t_u_key", "(u)=(1)");
        assertThat(run.fails(ExitCode.BAD_INPUT, "table: t, mode: append")).contains("t_u_key", "use mode: upsert");
        assertThat(run.database.query("TABLE t").rows()).containsExactly(List.of("a", "1"));
        run.assertNothingLeft();
    }

    @Test
    void withForeignKeys() {
        for (String when : List.of("", " DEFERRABLE INITIALLY DEFERRED")) {
            run.database.execute(
                    "DROP TABLE IF EXISTS t, p",
                    "CREATE TABLE p (id integer PRIMARY KEY)",
                    "INSERT INTO p VALUES (1), (2)",
                    "CREATE TABLE t (k text PRIMARY KEY, p integer REFERENCES p" + when + ")");
            run.file("a.csv", "k,p\na,1\n\"b\nb\",7\nc,2\nd,8\ne,1\n");
            assertThat(run.fails(ExitCode.BAD_INPUT, UPSERT)).contains("t_p_fkey");
            assertThat(run.database.query("TABLE t").rows()).isEmpty();
            assertThat(run.loadsGood("table: t, mode: append").inserted())
                    .as(when)
                    .isEqualTo(3);
            assertThat(run.rejects()).contains("a.csv,3,,", "a.csv,6,,", "t_p_fkey");
            assertThat(run.database.query("SELECT k FROM t").rows())
                    .containsExactly(List.of("a"), List.of("c"), List.of("e"));
        }
    }

    @Test
    void withTriggers() {
        run.database.execute(
                "CREATE TABLE t (k text PRIMARY KEY, n integer)",
                "INSERT INTO t VALUES ('a', 1), ('b', 2)",
                "CREATE TABLE log (what text)",
                "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN INSERT INTO log VALUES (TG_OP || ' ' || NEW.k); RETURN NULL; END $$",
                "CREATE TRIGGER note AFTER INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION note()");
        run.file("a.csv", "k,n\na,1\nb,3\nc,4\n");
        assertRows(run.loads(UPSERT), 1, 1, 1);
        assertThat(run.database.query("TABLE log").rows()).containsExactly(List.of("INSERT c"), List.of("UPDATE b"));
    }

    @Test
    void withACollationThatTakesDifferentTextsForEqual() {
        run.database.execute(
                "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "CREATE TABLE t (k text COLLATE loose PRIMARY KEY, v text)",
                "INSERT INTO t VALUES ('Lamp', 'old'), ('Bolt', 'Same')");
        run.file("a.csv", "k,v\nlamp,new\nBOLT,same\nNut,x\nNUT,y\n");
        IngestResult result = run.loads(UPSERT);
        assertRows(result, 1, 2, 0);
        assertThat(result.superseded()).isEqualTo(1);
        assertThat(run.database.query("SELECT k, v FROM t").rows())
                .containsExactly(List.of("Bolt", "same"), List.of("Lamp", "new"), List.of("NUT", "y"));
    }
}
