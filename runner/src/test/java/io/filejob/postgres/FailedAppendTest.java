package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.status.IngestResult;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows committed by an append before it failed are kept, and the status reports their number. */
@Timeout(180)
final class FailedAppendTest {
    @TempDir
    private Path folder;

    @Test
    void theStatusCountsTheRowsThatAreInTheTable() {
        IngestRun run = new IngestRun(folder);
        run.database.execute("CREATE TABLE t (k text PRIMARY KEY, n integer)", "INSERT INTO t VALUES ('k99', 0)");
        StringBuilder csv = new StringBuilder("k,n\n");
        for (int i = 0; i < 100; i++) {
            csv.append('k').append(i).append(',').append(i).append('\n');
        }
        run.file("a.csv", csv.toString());

        LocalRun.RunOutcome outcome = run.outcome(run.job("table: t, mode: append", ""));

        assertThat(Objects.requireNonNull(outcome.failure()).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        int rows = run.database.query("TABLE t").rows().size() - 1;
        assertThat(rows).isPositive();
        assertThat(((IngestResult) Objects.requireNonNull(outcome.status().result())).inserted())
                .isEqualTo(rows);
        assertThat(outcome.status().message()).contains(rows + " rows have been appended before that, and stay");
        assertThat(run.database.query("SELECT DISTINCT job FROM filejob_ledger").rows())
                .isEqualTo(List.of());
    }

    /** Ledger rows must not expire by age: they are the only record of the loaded slices. */
    @Test
    void oneThatGoesOnAfterALongTimeLoadsNothingTwice() throws Exception {
        IngestRun run = new IngestRun(folder);
        run.database.execute("CREATE TABLE t (k text, n integer UNIQUE)", "CREATE TABLE other (k text, n integer)");
        StringBuilder csv = new StringBuilder("k,n\n");
        for (int i = 0; i < 100; i++) {
            csv.append('k').append(i).append(',').append(i).append('\n');
        }
        run.file("a.csv", csv.toString());
        run.database.execute("INSERT INTO t VALUES ('there', 98)");
        FileJob job = run.job("table: t, mode: append", "");
        assertThat(run(run, job).failure()).isNotNull();
        int rows = run.database.query("TABLE t").rows().size();
        assertThat(rows).isGreaterThan(1).isLessThan(101);
        // Simulates a machine that was off for several weeks.
        run.database.execute("UPDATE filejob_ledger SET at = now() - interval '30 days'");
        run.loads("table: other, mode: append");

        run.database.execute("DELETE FROM t WHERE k = 'there'");
        assertThat(run(run, job).failure()).isNull();

        assertThat(run.database.query("SELECT k FROM t")).isEqualTo(run.database.query("SELECT k FROM other"));
    }

    private LocalRun.RunOutcome run(IngestRun run, FileJob job) throws InterruptedException {
        Path secret = run.database.secret(folder.resolve("secret"));
        return new LocalRun(
                        job,
                        new LocalOptions(
                                folder,
                                Secrets.of(List.of("db=" + secret)),
                                Mounts.NONE,
                                folder.resolve("store").toString(),
                                false,
                                null,
                                _ -> {}),
                        Clock.systemUTC())
                .run();
    }

    @Test
    void aLoadThatComesAtOnceLeavesNothing() {
        IngestRun run = new IngestRun(folder);
        run.database.execute("CREATE TABLE t (k text PRIMARY KEY, n integer)", "INSERT INTO t VALUES ('b', 0)");
        run.file("a.csv", "k,n\na,1\nb,2\n");
        LocalRun.RunOutcome outcome = run.outcome(run.job("table: t, keys: [k], onConflict: error", ""));
        assertThat(outcome.failure()).isNotNull();
        assertThat(outcome.status().result()).isNull();
        assertThat(run.database.query("TABLE t").rows()).hasSize(1);
    }
}
