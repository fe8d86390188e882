package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.local.LocalRun;
import io.filejob.spec.ingest.IngestSpec.Mode;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TableRows;
import io.filejob.testing.postgres.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workers with the same index that process the same slices at the same time duplicate no rows, and none of them fails.
 */
@Timeout(180)
final class SameSlicesTest {
    private static final int ROWS = 3000;
    private static final int WORKERS = 3;

    private final TestDatabase database = PostgresServer.shared().database();

    @TempDir
    private Path folder;

    static Stream<ProductJob> jobs() {
        return Stream.concat(
                Stream.of(Mode.values()).map(mode -> ProductJob.of(mode, ROWS)), Stream.of(ProductJob.ofNewKeys(ROWS)));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void byRunsOnOneStore(ProductJob job) throws SQLException {
        job.createTables(database);
        Path manifest = job.write(folder, 1);
        Path secret = database.secret(folder.resolve(ProductJob.SECRET));
        List<CompletableFuture<LocalRun.RunOutcome>> runs;
        try (Connection holder = database.connect()) {
            holder.setAutoCommit(false);
            // Readers can proceed, so that all workers reach the point where they write the same rows.
            holder.createStatement().execute("LOCK TABLE products IN EXCLUSIVE MODE");
            runs = IntStream.range(0, WORKERS)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> job.run(manifest, secret, folder.resolve("store")), Thread::startVirtualThread))
                    .toList();
            await("all are at the same rows").atMost(25, TimeUnit.SECONDS).untilAsserted(() -> {
                assertThat(runs).as("runs that ended before").noneMatch(CompletableFuture::isDone);
                assertThat(sessions().rows())
                        .as("sessions and what they wait for")
                        .hasSize(WORKERS)
                        .allSatisfy(session -> assertThat(session.getLast()).isIn("relation", "transactionid"));
            });
            holder.rollback();
        }
        for (CompletableFuture<LocalRun.RunOutcome> run : runs) {
            job.assertLoaded(database, run.join());
        }
    }

    /** Returns each session's activity and the lock it waits for: on the table, or held by another worker. */
    private TableRows sessions() {
        return database.query("SELECT state, query, wait_event FROM pg_stat_activity"
                + " WHERE application_name LIKE 'filejob%' AND datname = current_database()");
    }
}
