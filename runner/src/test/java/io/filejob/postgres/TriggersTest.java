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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Counts reflect the database: a row dropped by a trigger fails the job, and a row changed by one is counted as stored.
 */
@Timeout(180)
final class TriggersTest {
    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void start() {
        run = new IngestRun(folder);
        run.database.execute(
                "CREATE TABLE t (k text PRIMARY KEY, n text)",
                "INSERT INTO t VALUES ('before', '1')",
                "CREATE TABLE whole (k text PRIMARY KEY, n text) PARTITION BY HASH (k)",
                "CREATE TABLE part PARTITION OF whole FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
                "CREATE FUNCTION dropping() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN"
                        + " IF NEW.k = 'b' THEN RETURN NULL; END IF; RETURN NEW; END$$",
                "CREATE FUNCTION keeping() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$",
                "CREATE FUNCTION lowering() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN"
                        + " NEW.n = lower(NEW.n); RETURN NEW; END$$",
                "CREATE FUNCTION raising() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN"
                        + " IF NEW.k = 'b' THEN RAISE 'no b here'; END IF; RETURN NEW; END$$");
        run.file("a.csv", "k,n\na,X\nb,Y\nc,Z\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: upsert, keys: [k]",
                "mode: upsert, keys: [k], onConflict: ignore",
                "mode: upsert, keys: [k], onConflict: error",
                "mode: replace",
                "mode: append"
            })
    void aRowThatATriggerDropsFailsTheJob(String mode) {
        run.database.execute("CREATE TRIGGER dropper BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION dropping()");
        assertThat(run.fails(ExitCode.BAD_MANIFEST, "table: t, " + mode))
                .contains("a trigger of public.t has dropped 1 rows of the input", "dropper", "DISABLE TRIGGER");
        assertThat(run.database.query("SELECT k FROM t WHERE k = 'b'").rows()).isEmpty();
        assertThat(run.database.query("SELECT k FROM t WHERE k = 'before'").rows())
                .hasSize(1);
    }

    @Test
    void aTriggerOfAPartitionIsSeen() {
        run.database.execute("CREATE TRIGGER dropper BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION dropping()");
        assertThat(run.fails(ExitCode.BAD_MANIFEST, "table: whole, keys: [k]")).contains("dropper");
    }

    @Test
    void rowsThatATriggerKeepsAreNotReplaced() {
        run.database.execute("CREATE TRIGGER keeper BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION keeping()");
        assertThat(run.fails(ExitCode.BAD_MANIFEST, "table: t, mode: replace")).contains("kept rows", "keeper");
        assertThat(run.database.query("SELECT k FROM t").rows()).containsExactly(List.of("before"));
    }

    @Test
    void aRowThatATriggerChangesIsCountedAsTheDatabaseDoes() {
        run.database.execute("CREATE TRIGGER lower BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION lowering()");
        assertThat(run.loads("table: t, keys: [k]").inserted()).isEqualTo(3);
        IngestResult again = run.loads("table: t, keys: [k]");
        assertThat(again.unchanged()).isEqualTo(3);
        assertThat(run.database.query("SELECT n FROM t WHERE k = 'a'").rows()).containsExactly(List.of("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode: upsert, keys: [k]", "mode: append"})
    void whatATriggerRaisesIsBadInput(String mode) {
        run.database.execute("CREATE TRIGGER raiser BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION raising()");
        assertThat(run.fails(ExitCode.BAD_INPUT, "table: t, " + mode)).contains("no b here");
    }

    @Test
    void aTriggerThatDropsRowsOfAnAggregatedTableFailsTheJob() {
        run.database.execute(
                "CREATE TABLE sums (k text, n bigint)",
                "CREATE TRIGGER dropper BEFORE INSERT ON sums FOR EACH ROW EXECUTE FUNCTION dropping()");
        assertThat(run.fails(
                        ExitCode.BAD_MANIFEST,
                        "table: t, keys: [k],"
                                + " aggregates: [{table: sums, groupBy: [k], measures: [{function: count, as: n}]}]"))
                .contains("a trigger of the table public.sums");
        assertThat(run.database.query("TABLE sums").rows()).isEmpty();
    }
}
