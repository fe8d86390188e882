package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.spec.ingest.IngestSpec.Mode;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TableRows;
import io.filejob.testing.postgres.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While a table is loaded, sessions that read it or write other keys do not wait for locks. */
@Timeout(240)
final class QuietLoadTest {
    private static final int ROWS = 100_000;
    /** The server logs sessions that wait longer for a lock. */
    private static final String MAX_LENGTH = "100ms";

    @TempDir
    private Path folder;

    /** A session that executes statements repeatedly until the job is over. */
    private static final class Loop implements AutoCloseable {
        private final Connection connection;
        private final int pid;
        private final AtomicInteger done = new AtomicInteger();

        Loop(TestDatabase database) throws SQLException {
            connection = database.connect();
            pid = Integer.parseInt(String.valueOf(TableRows.of(connection, "SELECT pg_backend_pid()")
                    .rows()
                    .getFirst()
                    .getFirst()));
        }

        CompletableFuture<Void> during(CompletableFuture<?> job, String... statements) {
            return CompletableFuture.runAsync(
                    () -> {
                        try (Statement statement = connection.createStatement()) {
                            while (!job.isDone()) {
                                for (String each : statements) {
                                    statement.execute(each.replace("#", "foreign-" + done));
                                }
                                done.incrementAndGet();
                            }
                        } catch (SQLException e) {
                            throw new AssertionError(e);
                        }
                    },
                    Thread::startVirtualThread);
        }

        String complaint() {
            return "process " + pid + " still waiting for";
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"APPEND", "UPSERT"})
    void nobodyElseWaits(Mode mode) throws SQLException {
        try (PostgresServer server =
                PostgresServer.start(Map.of("log_lock_waits", "on", "deadlock_timeout", MAX_LENGTH))) {
            TestDatabase database = server.database();
            ProductJob job = mode == Mode.APPEND ? ProductJob.ofNewKeys(ROWS) : ProductJob.of(mode, ROWS);
            job.createTables(database);
            try (Loop reader = new Loop(database);
                    Loop writer = new Loop(database)) {
                var outcome =
                        CompletableFuture.supplyAsync(() -> job.run(folder, 2, database), Thread::startVirtualThread);
                var read = reader.during(
                        outcome, "SELECT * FROM products WHERE sku LIKE 'sku-0000%' ORDER BY sku LIMIT 10");
                var written = writer.during(
                        outcome,
                        "INSERT INTO products VALUES ('#', 'new', '')",
                        "UPDATE products SET name = 'changed' WHERE sku = '#'");
                read.join();
                written.join();
                database.execute(
                        "DELETE FROM products_by_name",
                        "INSERT INTO products_by_name SELECT name, count(*) FROM products GROUP BY name");
                job.assertLoaded(database, outcome.join());
                assertThat(reader.done).hasValueGreaterThan(10);
                assertThat(writer.done).hasValueGreaterThan(10);
                assertThat(server.log()).doesNotContain(reader.complaint(), writer.complaint());
                assertLongWaitsAreSeen(server, database, reader);
            }
        }
    }

    private static void assertLongWaitsAreSeen(PostgresServer server, TestDatabase database, Loop reader)
            throws SQLException {
        try (Connection holder = database.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("LOCK TABLE products");
            var over = new CompletableFuture<>();
            var read = reader.during(over, "SELECT count(*) FROM products");
            await("the server tells of the wait").atMost(2, TimeUnit.MINUTES).until(() -> server.log()
                    .contains(reader.complaint()));
            over.complete(null);
            holder.rollback();
            read.join();
        }
    }
}
