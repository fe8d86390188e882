package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.spec.ingest.IngestSpec.Mode;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session with long transactions that locks the same keys in reverse order does not fail the job. */
@Timeout(180)
final class DeadlockTest {
    /** Time a session waits before it checks for a deadlock: long enough to create one. */
    private static final String PATIENCE = "4s";

    @TempDir
    private Path folder;

    @Test
    void theMergeThatLosesIsDoneAgain() throws Exception {
        try (PostgresServer server = PostgresServer.start(Map.of("deadlock_timeout", PATIENCE))) {
            TestDatabase database = server.database();
            ProductJob job = ProductJob.of(Mode.UPSERT, 3000);
            job.createTables(database);
            List<String> known = database.query("SELECT sku FROM products WHERE name = 'was another'").rows().stream()
                    .map(row -> String.valueOf(row.getFirst()))
                    .toList();
            try (Connection other = server.admin(database);
                    Statement statement = other.createStatement()) {
                // The other session never checks for deadlocks, so that the job's session detects the deadlock.
                statement.execute("SET deadlock_timeout = '1h'");
                other.setAutoCommit(false);
                statement.execute(touch(known.getLast()));
                var outcome =
                        CompletableFuture.supplyAsync(() -> job.run(folder, 1, database), Thread::startVirtualThread);
                await("the merge waits for the last key")
                        .atMost(2, TimeUnit.MINUTES)
                        .pollInterval(5, TimeUnit.MILLISECONDS)
                        .until(() -> waits(database));
                statement.execute(touch(known.getFirst()));
                other.commit();
                job.assertLoaded(database, outcome.join());
            }
            assertThat(server.log()).contains("deadlock detected");
        }
    }

    /** Returns a statement that locks a row without changing it. */
    private static String touch(String sku) {
        return "UPDATE products SET sku = sku WHERE sku = '" + sku + "'";
    }

    private static boolean waits(TestDatabase database) {
        return !database.query("SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'filejob%'"
                        + " AND wait_event = 'transactionid'")
                .rows()
                .isEmpty();
    }
}
