package io.filejob.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.failure.ExitCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job leaves none of its own tables and sequences behind, however it ends. */
@Timeout(180)
final class NothingIsLeftTest {
    private static final String UPSERT = "table: t, keys: [k]";

    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void start() {
        run = new IngestRun(folder);
        run.database.execute("CREATE TABLE t (k text PRIMARY KEY, n integer)");
    }

    @Test
    void afterItIsComplete() {
        run.file("a.csv", "k,n\na,1\nb,2\nc,3\n");
        assertThat(run.loads(UPSERT).inserted()).isEqualTo(3);
        run.assertNothingLeft();
        assertThat(run.database
                        .query("SELECT to_regclass('filejob_ledger') IS NOT NULL")
                        .rows())
                .containsExactly(List.of("t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b,x", "b,2,3", "\"never closed,2\n"})
    void afterBadInput(String bad) {
        run.file("a.csv", "k,n\na,1\na2,1\na3,1\na4,1\na5,1\na6,1\n" + bad + "\nc,3\n");
        assertThat(run.fails(ExitCode.BAD_INPUT, UPSERT)).contains("a.csv:8:");
        assertThat(run.database.query("TABLE t").rows()).isEmpty();
        run.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void afterASignal(String signal) throws Exception {
        run.file("a.csv", "k,n\na,1\nb,2\nc,3\n");
        try (Connection other = run.database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE t IN EXCLUSIVE MODE");
            Process process = run.start("run", IngestRun.manifest("", UPSERT, "", "40"));
            await().atMost(Duration.ofMinutes(1)).until(() -> !run.database
                    .query("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 't'::regclass")
                    .rows()
                    .isEmpty());
            assertThat(run.leftovers()).isNotEmpty();
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .start()
                    .waitFor();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(process.inputReader(UTF_8).readAllAsString())
                    .isEqualTo(signal.equals("INT") ? 130 : 143);
        }
        run.assertNothingLeft();
        assertThat(run.database.query("TABLE t").rows()).isEmpty();
    }
}
