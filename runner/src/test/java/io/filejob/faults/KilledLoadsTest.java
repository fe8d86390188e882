package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.postgres.ProductJob;
import io.filejob.postgres.Statements;
import io.filejob.spec.ingest.IngestSpec.Mode;
import io.filejob.testing.postgres.CutProxy;
import io.filejob.testing.postgres.CutProxy.Moment;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that load a table are killed with {@code kill -9}, and each row is loaded once. */
final class KilledLoadsTest {
    private static final int WORKERS = 2;
    private static final int KILLS = 3;
    /** Milliseconds within which the first is killed, which fall into the start of a worker on any machine. */
    private static final int SOON = 150;
    /** Maximum lifetime of the others in milliseconds, from before their connection to the end of their slices. */
    private static final int LATER = 1500;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private final TestDatabase database = PostgresServer.shared().database();

    @ParameterizedTest
    @EnumSource
    void atRandomMoments(Mode mode) {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        ProductLoad load = new ProductLoad(bench, ProductJob.of(mode, 20_000), WORKERS, database, database);
        List<FilejobProcess> workers = new ArrayList<>();
        for (int index = 0; index < WORKERS; index++) {
            workers.add(load.work(index, "first-" + index));
        }
        int kills = 0;
        while (kills < KILLS) {
            int victim = random.nextInt(WORKERS);
            if (workers.get(victim).endsWithin(random.nextLong(kills == 0 ? SOON : LATER))) {
                break;
            }
            workers.get(victim).kill();
            workers.set(victim, load.work(victim, "again-" + kills));
            kills++;
        }
        assertThat(kills).as("kills, seed %d", seed).isPositive();
        workers.forEach(worker -> worker.end().with(0));
        load.assertLoaded();
    }

    @Test
    void aRunThatAppendsGoesOnWithItsStoreWhereItWasKilled() {
        try (CutProxy proxy = new CutProxy(database.port())) {
            ProductLoad load = new ProductLoad(bench, ProductJob.ofNewKeys(4000), 1, database, database.through(proxy));
            AtomicReference<@Nullable FilejobProcess> run = new AtomicReference<>();
            // The rows of the second slice are in the table, but the worker has not received the confirmation.
            proxy.cut(
                    Moment.AFTER,
                    Statements.inOrder(Statements.APPEND, Statements.COMMIT, Statements.APPEND, Statements.COMMIT),
                    () -> Moments.until("the run is known", () -> {
                        FilejobProcess process = run.get();
                        if (process != null) {
                            process.kill();
                        }
                        return process != null;
                    }));
            run.set(load.run());
            Moments.until("the run is killed", () -> proxy.cuts() == 1);
            Object committed = database.query("SELECT count(*) FROM products").rows();
            assertThat(database.query("SELECT slice FROM filejob_ledger WHERE slice >= 0")
                            .rows())
                    .hasSize(2);
            FilejobProcess.End again = load.run().end();
            load.assertLoaded(again);
            assertThat(database.query("SELECT count(*) FROM products").rows()).isNotEqualTo(committed);
        }
    }

    @Test
    void aRunWithProcessesStartsAKilledOneAgain() {
        ProductLoad load = new ProductLoad(bench, ProductJob.of(Mode.UPSERT, 20_000), WORKERS, database, database);
        FilejobProcess run = load.run("--processes");
        Moments.childrenAtSlices(run, WORKERS, bench.temporary(), 0);
        assertThat(run.children().getFirst().destroyForcibly()).isTrue();
        load.assertLoaded(run.end());
        bench.assertNoScratch();
    }
}
