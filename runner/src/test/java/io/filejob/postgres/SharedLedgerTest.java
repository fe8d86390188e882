package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.failure.ExitCode;
import io.filejob.status.IngestResult;
import io.filejob.testing.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ledger is shared by all jobs of a schema, regardless of the role that created it. */
@Timeout(180)
final class SharedLedgerTest {
    private static final String LEDGER = "CREATE TABLE filejob_ledger (job text, slice integer, result text NOT NULL,"
            + " at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (job, slice))";
    private static final String UPSERT = "table: t, keys: [k]";

    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void start() {
        run = new IngestRun(folder);
        run.database.execute("CREATE TABLE t (k text PRIMARY KEY, n integer)");
        run.file("a.csv", "k,n\na,1\nb,2\n");
    }

    @Test
    void oneThatAnotherSessionIsCreatingIsWaitedFor() throws SQLException {
        try (Connection other = run.database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(LEDGER);
            CompletableFuture<IngestResult> job = CompletableFuture.supplyAsync(() -> run.loads(UPSERT));
            await().atMost(Duration.ofMinutes(1)).until(() -> !run.database
                    .query("SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
                    .rows()
                    .isEmpty());
            other.commit();
            assertThat(job.join().inserted()).isEqualTo(2);
        }
    }

    @Test
    void jobsOfManyTablesBeginAtOnceInADatabaseThatIsNew() throws IOException {
        int jobs = 6;
        List<CompletableFuture<IngestResult>> results = new java.util.ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            String table = "table: t" + i % 3 + ", keys: [k], createTable: true";
            Path own = Files.createDirectory(folder.resolve("job" + i));
            IngestRun other = new IngestRun(own, run.database);
            other.file("a.csv", "k,n\na,1\nb,2\n");
            results.add(CompletableFuture.supplyAsync(() -> other.loads(table), Thread::startVirtualThread));
        }
        results.forEach(result -> assertThat(result.join()).isNotNull());
        for (int i = 0; i < 3; i++) {
            assertThat(run.database.query("TABLE t" + i).rows()).hasSize(2);
        }
        run.assertNothingLeft();
    }

    private void asRole(String role, String... grants) throws SQLException {
        String name = role + "_" + run.database.name();
        try (Connection admin = PostgresServer.shared().admin()) {
            admin.createStatement().execute("CREATE ROLE " + name + " LOGIN PASSWORD 'other'");
        }
        for (String grant : grants) {
            run.database.execute(grant.replace("#", name));
        }
        run.withSecret(Map.of("user", name, "password", "other"));
    }

    @Test
    void oneOfAnotherRoleIsRefusedWithTheRemedy() throws SQLException {
        run.database.execute(LEDGER);
        asRole(
                "without",
                "GRANT USAGE, CREATE ON SCHEMA public TO #",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON t TO #");
        String message = run.fails(ExitCode.CREDENTIALS_REFUSED, UPSERT);
        assertThat(message)
                .contains("public.filejob_ledger", "belongs to filejob")
                .contains("GRANT SELECT, INSERT, UPDATE, DELETE ON \"public\".\"filejob_ledger\" TO \"without_");
        run.database.execute(message.substring(message.indexOf("GRANT SELECT")));
        assertThat(run.loads(UPSERT).inserted()).isEqualTo(2);
    }

    /** A role that only appends needs no other table. */
    @Test
    void oneThatIsThereNeedsNoRightToCreateTables() throws SQLException {
        run.database.execute(LEDGER);
        asRole(
                "appending",
                "GRANT USAGE ON SCHEMA public TO #",
                "GRANT SELECT, INSERT ON t TO #",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON filejob_ledger TO #");
        assertThat(run.loads("table: t, mode: append").inserted()).isEqualTo(2);
    }

    @Test
    void anotherTableOfThatNameIsRefused() {
        run.database.execute("CREATE TABLE filejob_ledger (id integer)");
        assertThat(run.fails(ExitCode.BAD_MANIFEST, UPSERT)).contains("public.filejob_ledger", "rename");
        run.database.execute("DROP TABLE filejob_ledger", "CREATE VIEW filejob_ledger AS TABLE t");
        assertThat(run.fails(ExitCode.BAD_MANIFEST, UPSERT)).contains("public.filejob_ledger", "rename");
    }
}
