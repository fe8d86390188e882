package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code filejob cleanup} of jobs that have run on this machine. */
@Timeout(180)
final class CleanupCommandTest {
    @TempDir
    private Path folder;

    private final TestDatabase database = PostgresServer.shared().database();
    private String secret = "";

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("in.csv"), "k,n\na,1\nb,2\nc,3\n");
        secret = "db=" + database.secret(folder.resolve("secret"));
        database.execute("CREATE TABLE t (k text PRIMARY KEY, n integer)");
    }

    private String manifest(String rest) throws IOException {
        return Files.writeString(folder.resolve("job.yaml"), """
                        apiVersion: filejob.io/v1alpha1
                        kind: FileJob
                        metadata: {name: t}
                        spec:
                          input: {files: [in.csv]}
                          operation: {ingest: {database: {secret: {name: db}}, table: t, keys: [k]%s}}
                        """.formatted(rest))
                .toString();
    }

    private String store(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void nothingIsLeftOfAKilledRunAndAnotherOneGoesOn() throws Exception {
        String manifest = manifest("");
        killWhileMerging(manifest, "mine");
        killWhileMerging(manifest, "others");
        assertThat(jobs()).hasSize(2);

        End end = End.of("cleanup", manifest, "--store", store("mine"), "--secret", secret);

        assertThat(end.status()).as(end.err()).isZero();
        assertThat(end.out()).contains("removed from the database", "the store " + store("mine") + " is removed");
        assertThat(jobs()).hasSize(1);
        assertThat(folder.resolve("mine")).isEmptyDirectory();
        assertThat(End.of("cleanup", manifest, "--store", store("mine"), "--secret", secret)
                        .out())
                .contains("there is no job in the store");
        assertThat(tables()).isNotEmpty();

        End other = End.of("run", "-q", manifest, "--store", store("others"), "--secret", secret);
        assertThat(other.status()).as(other.err()).isZero();
        assertThat(database.query("TABLE t").rows()).hasSize(3);
        assertThat(End.of("cleanup", manifest, "--store", store("others"), "--secret", secret)
                        .status())
                .isZero();
        assertThat(tables()).isEmpty();
        assertThat(jobs()).isEmpty();
    }

    @Test
    void aRunWithoutAStoreLeavesNothingItself() throws Exception {
        End end = End.of("run", "-q", manifest(""), "--secret", secret);
        assertThat(end.status()).as(end.err()).isZero();
        assertThat(jobs()).isEmpty();
        assertThat(tables()).isEmpty();
    }

    @Test
    void aJobWithoutAStoreIsNamed() throws Exception {
        String manifest = manifest("");
        killWhileMerging(manifest, null);
        String name = jobs().getFirst();
        assertThat(name).startsWith("run-");

        End end = End.of("cleanup", manifest, "--job", name, "--secret", secret);

        assertThat(end.status()).as(end.err()).isZero();
        assertThat(jobs()).isEmpty();
        assertThat(tables()).isEmpty();
    }

    @Test
    void theTableNeedNotBeThereAnyMore() throws Exception {
        String manifest = manifest("");
        killWhileMerging(manifest, "store");
        database.execute("DROP TABLE t");
        assertThat(End.of("cleanup", manifest, "--store", store("store"), "--secret", secret)
                        .status())
                .isZero();
        assertThat(jobs()).isEmpty();
        assertThat(tables()).isEmpty();
    }

    @Test
    void aStoreOfAnotherSpecIsRefused() throws Exception {
        assertThat(End.of("run", "-q", manifest(""), "--store", store("store"), "--secret", secret)
                        .status())
                .isZero();
        End end = End.of("cleanup", manifest(", onConflict: ignore"), "--store", store("store"), "--secret", secret);
        assertThat(end.status()).isEqualTo(74);
        assertThat(end.err()).contains("belongs to a job with another spec");
        assertThat(folder.resolve("store").resolve("job.json")).exists();
    }

    @Test
    void whatDoesNotFitTogetherIsAUsageError() throws Exception {
        assertThat(End.of("cleanup").status()).isEqualTo(64);
        assertThat(End.of("cleanup", manifest("")).status()).isEqualTo(64);
        assertThat(End.of("cleanup", manifest(""), "--store", "s", "--job", "j").status())
                .isEqualTo(64);
        assertThat(End.of("cleanup", "--config-map", "x", "--store", "s").status())
                .isEqualTo(64);
        assertThat(End.of("cleanup", "--config-map", "X").status()).isEqualTo(64);
    }

    /** Kills a run with a worker that waits for a lock on the table. */
    private void killWhileMerging(String manifest, @Nullable String store) throws Exception {
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE t IN EXCLUSIVE MODE");
            List<String> command = new ArrayList<>(FilejobJvm.command());
            command.addAll(List.of("io.filejob.cli.Main", "run", "-q", "--secret", secret, manifest));
            command.addAll(store == null ? List.of() : List.of("--store", store(store)));
            Process process = new ProcessBuilder(command).inheritIO().start();
            try {
                await().atMost(Duration.ofMinutes(1)).until(() -> !database.query(
                                "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 't'::regclass")
                        .rows()
                        .isEmpty());
            } finally {
                process.destroyForcibly().waitFor();
            }
            // The database session of the killed process keeps waiting, since it has not noticed the kill.
            database.execute("SELECT pg_terminate_backend(l.pid) FROM pg_locks l"
                    + " WHERE NOT granted AND relation = 't'::regclass");
        }
    }

    private List<String> jobs() {
        return database.query("SELECT DISTINCT job FROM filejob_ledger WHERE slice <> -1").rows().stream()
                .map(List::getFirst)
                .toList();
    }

    private List<String> tables() {
        return database
                .query("SELECT relname FROM pg_class WHERE relname LIKE 'filejob%' AND relname NOT LIKE"
                        + " 'filejob_ledger%'")
                .rows()
                .stream()
                .map(List::getFirst)
                .toList();
    }
}
