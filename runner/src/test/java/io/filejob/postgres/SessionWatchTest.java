package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.spec.DatabaseSpec;
import io.filejob.spec.SecretReference;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.postgres.FreezingProxy;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TableRows;
import io.filejob.testing.postgres.TestDatabase;
import io.filejob.time.Waits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lock that a transaction waits for is reported, and a server that stops responding is abandoned. */
@Timeout(180)
final class SessionWatchTest {
    private static final Duration OFTEN = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private final TestDatabase database = PostgresServer.shared().database();

    private Session session(int port) {
        Secrets secrets = Secrets.of(
                List.of("db=" + database.secret(folder.resolve("db"), Map.of("port", String.valueOf(port)))));
        return new Session(
                new DatabaseSecret(new DatabaseSpec(new SecretReference("db")), secrets, folder.resolve("scratch")),
                "filejob test",
                OFTEN);
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    @Test
    void theLockAndItsHolderAreNamed() throws SQLException {
        database.execute("CREATE TABLE awaited (k integer)");
        try (Session session = session(database.port());
                Connection other = database.connect()) {
            other.setAutoCommit(false);
            execute(other, "LOCK TABLE awaited");
            String holder = String.valueOf(TableRows.of(other, "SELECT pg_backend_pid()")
                    .rows()
                    .getFirst()
                    .getFirst());
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(
                    () -> session.soon(connection -> execute(connection, "LOCK TABLE awaited")));
            await().until(() -> Waits.now().stream()
                    .anyMatch(reason -> reason.contains(database.name())
                            && reason.contains("waiting for a lock on table awaited held by pid " + holder)));
            other.rollback();
            waiting.join();
            await().until(() -> Waits.now().stream().noneMatch(reason -> reason.contains(database.name())));
        }
    }

    /** The server waits for the client, and the client for the server. */
    @Test
    void aConnectionThatHasGoneSilentIsMadeAnew() throws Exception {
        try (FreezingProxy proxy = new FreezingProxy(database.port());
                Session session = session(proxy.port())) {
            AtomicInteger tries = new AtomicInteger();
            CompletableFuture<Boolean> work = CompletableFuture.supplyAsync(() -> session.soon(connection -> {
                if (tries.incrementAndGet() == 1) {
                    proxy.freeze();
                }
                return execute(connection, "SELECT 1");
            }));
            await().atMost(Duration.ofMinutes(2)).until(() -> Waits.now().stream()
                    .anyMatch(reason -> reason.contains(database.name()) && reason.contains("trying again")));
            proxy.thaw();
            assertThat(work.get()).isTrue();
            assertThat(tries).hasValueGreaterThan(1);
        }
    }

    /** Simulates a session ended by another connection without the client's knowledge. */
    @Test
    void aSessionThatTheServerDoesNotKnowIsMadeAnew() throws Exception {
        try (FreezingProxy proxy = new FreezingProxy(database.port());
                Session session = session(proxy.port())) {
            AtomicInteger tries = new AtomicInteger();
            CompletableFuture<Boolean> work = CompletableFuture.supplyAsync(() -> session.soon(connection -> {
                if (tries.incrementAndGet() == 1) {
                    String pid = String.valueOf(TableRows.of(connection, "SELECT pg_backend_pid()")
                            .rows()
                            .getFirst()
                            .getFirst());
                    proxy.freeze();
                    database.execute("SELECT pg_terminate_backend(" + pid + ")");
                    execute(connection, "SELECT 1");
                }
                return true;
            }));
            await().until(() -> database.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'filejob test'"
                            + " AND datname = current_database()")
                    .rows()
                    .isEmpty());
            proxy.thaw();
            assertThat(work.get()).isTrue();
        }
    }

    /** An open transaction would be ended as idle while slow input is read. */
    @Test
    void noTransactionIsOpenBeforeThereIsSomethingToCopy() {
        try (Session session = session(database.port())) {
            session.soon(connection -> execute(connection, "SELECT 1"));
            String state = "SELECT state FROM pg_stat_activity WHERE application_name = 'filejob test'"
                    + " AND datname = current_database()";
            session.reading(_ -> true, transaction -> {
                assertThat(transaction.isBegun()).isFalse();
                assertThat(database.query(state).rows()).containsExactly(List.of("idle"));
                transaction.get();
                assertThat(database.query(state).rows()).containsExactly(List.of("idle in transaction"));
                return true;
            });
        }
    }
}
