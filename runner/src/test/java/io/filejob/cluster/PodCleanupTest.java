package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.cli.FilejobJvm;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code filejob cleanup --config-map} as a process with a pod's environment. */
@Timeout(180)
final class PodCleanupTest {
    @TempDir
    private Path folder;

    private final TestDatabase database = PostgresServer.shared().database();
    private final List<Process> started = new ArrayList<>();
    private String spec = "";

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("in.csv"), "k,n\na,1\nb,2\nc,3\n");
        database.secret(folder.resolve("secrets").resolve("db"));
        database.execute("CREATE TABLE t (k text PRIMARY KEY, n integer)");
        spec = "store: {uri: '%s'}, input: {files: ['%s']},"
                        .formatted(folder.resolve("store"), folder.resolve("in.csv"))
                + " operation: {ingest: {database: {secret: {name: db}}, table: t, keys: [k]}}";
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void nothingIsLeftOfAJobWhoseWorkerWasKilled() throws Exception {
        try (TestJob job = new TestJob(spec, 1, folder);
                Connection other = database.connect();
                Statement lock = other.createStatement()) {
            startUntilItMerges(job, other, lock).destroyForcibly().waitFor();
            Path partials = Files.createDirectories(folder.resolve("store").resolve(TestJob.UID));
            Files.writeString(partials.resolve("map-0.run"), "x");
            Files.writeString(partials.resolve(".map-1.run.attempt.tmp"), "x");
            Path foreign = Files.createDirectories(folder.resolve("store").resolve("another-job"));
            Files.writeString(foreign.resolve("map-0.run"), "x");
            database.execute("INSERT INTO filejob_ledger VALUES ('another-job', -2, 'filejob_0123456789abcdef')");

            assertThat(status(start(job, "cleanup"))).isZero();

            assertNothingLeft();
            assertThat(partials).doesNotExist();
            assertThat(foreign).isDirectoryContaining("glob:**map-0.run");
            assertThat(status(start(job, "cleanup"))).as("once more").isZero();
        }
    }

    @Test
    void aWorkerThatStillRunsEndsAndLeavesNothing() throws Exception {
        try (TestJob job = new TestJob(spec, 1, folder);
                Connection other = database.connect();
                Statement lock = other.createStatement()) {
            Process worker = startUntilItMerges(job, other, lock);
            database.execute("INSERT INTO filejob_ledger VALUES ('another-job', -2, 'filejob_0123456789abcdef')");

            assertThat(status(start(job, "cleanup"))).isZero();

            other.rollback();
            assertThat(status(worker)).isEqualTo(74);
            assertNothingLeft();
            assertThat(database.query("TABLE t").rows()).isEmpty();
        }
    }

    private void assertNothingLeft() {
        assertThat(database.query("SELECT relname FROM pg_class WHERE relname LIKE 'filejob%' AND relkind <> 'i'")
                        .rows())
                .containsExactly(List.of("filejob_ledger"));
        assertThat(database.query("SELECT DISTINCT job FROM filejob_ledger").rows())
                .containsExactly(List.of("another-job"));
    }

    /** Starts a worker and waits until it waits for the lock on its table that {@code other} holds. */
    private Process startUntilItMerges(TestJob job, Connection other, Statement lock) throws Exception {
        other.setAutoCommit(false);
        lock.execute("LOCK TABLE t IN EXCLUSIVE MODE");
        Process worker = start(job, "work");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !database.query("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 't'::regclass")
                        .rows()
                        .isEmpty());
        assertThat(worker.isAlive()).isTrue();
        return worker;
    }

    private Process start(TestJob job, String command) throws IOException {
        List<String> line = new ArrayList<>(FilejobJvm.command("-Xmx256m"));
        line.addAll(List.of("io.filejob.cli.Main", command, "--config-map", TestJob.NAME));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectOutput(folder.resolve("log-" + started.size()).toFile())
                .redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "KUBERNETES_SERVICE_HOST"));
        builder.environment()
                .putAll(Map.of(
                        "TMPDIR",
                        folder.toString(),
                        "FILEJOB_KUBERNETES_URL",
                        job.proxy.uri().toString(),
                        "FILEJOB_KUBERNETES_TOKEN_FILE",
                        job.token().toString(),
                        "FILEJOB_NAMESPACE",
                        job.namespace,
                        "FILEJOB_SECRETS",
                        folder.resolve("secrets").toString(),
                        "JOB_COMPLETION_INDEX",
                        "0",
                        "FILEJOB_ATTEMPT",
                        "01234567-89ab-4cde-8000-000000000000"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private int status(Process process) throws InterruptedException, IOException {
        String log = Files.readString(folder.resolve("log-" + started.indexOf(process)));
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(log).isTrue();
        return process.exitValue();
    }
}
