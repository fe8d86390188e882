package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.spec.ingest.IngestSpec.Mode;
import io.filejob.testing.postgres.CutProxy;
import io.filejob.testing.postgres.CutProxy.Moment;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TableRows;
import io.filejob.testing.postgres.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** If other clients occupy all connections of a server, the job waits until one is free. */
@Timeout(180)
final class FullServerTest {
    private static final int WORKERS = 2;

    @TempDir
    private Path folder;

    /** Opens all remaining connections. */
    private static List<Connection> takeAll(TestDatabase database) {
        List<Connection> taken = new ArrayList<>();
        while (true) {
            try {
                taken.add(database.connect());
            } catch (SQLException e) {
                assertThat(e.getSQLState()).as("%s", e).isEqualTo("53300");
                return taken;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"UPSERT", "APPEND"})
    void theJobGoesOnWhenConnectionsAreFreeAgain(Mode mode) throws SQLException {
        try (PostgresServer server = PostgresServer.start(Map.of("max_connections", "8"));
                CutProxy proxy = new CutProxy(server.port())) {
            TestDatabase database = server.database();
            ProductJob job = ProductJob.of(mode, 3000);
            job.createTables(database);
            List<Connection> taken = new CopyOnWriteArrayList<>();
            proxy.cut(Moment.BEFORE, mode == Mode.APPEND ? Statements.APPEND : Statements.STAGE, () -> {
                proxy.refuse(true);
                proxy.cutAll();
                await("the workers' sessions have ended").until(() -> sessions(server) == 0);
                taken.addAll(takeAll(database));
                proxy.refuse(false);
            });
            var outcome = CompletableFuture.supplyAsync(
                    () -> job.run(folder, WORKERS, database.through(proxy)), Thread::startVirtualThread);
            await("all are taken").atMost(2, TimeUnit.MINUTES).until(() -> !taken.isEmpty());
            int before = proxy.connections();
            await("workers have asked and asked again")
                    .atMost(2, TimeUnit.MINUTES)
                    .until(() -> proxy.connections() > before + 2 * WORKERS);
            assertThat(outcome).isNotDone();
            for (Connection each : taken) {
                each.close();
            }
            job.assertLoaded(database, outcome.join());
        }
    }

    private static long sessions(PostgresServer server) throws SQLException {
        try (Connection admin = server.admin()) {
            return TableRows.of(admin, "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'filejob%'")
                    .rows()
                    .size();
        }
    }
}
