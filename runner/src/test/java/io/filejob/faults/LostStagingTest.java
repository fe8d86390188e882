package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.postgres.ProductJob;
import io.filejob.postgres.Statements;
import io.filejob.spec.ingest.IngestSpec.Mode;
import io.filejob.testing.postgres.CutProxy;
import io.filejob.testing.postgres.CutProxy.Moment;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that were removed from the staging tables after a ledger vouched for them are staged again. */
final class LostStagingTest {
    @RegisterExtension
    final Workbench bench = new Workbench();

    private final TestDatabase database = PostgresServer.shared().database();

    /** All of them, the table of rows, or its partition. */
    @ParameterizedTest
    @ValueSource(strings = {"_(rows|parts|numbers)", "_rows", "_rows_0"})
    void beforeTheyAreMerged(String dropped) {
        assertLoadedWithout(dropped, Statements.BEFORE_MERGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_rows_0", "_numbers"})
    void whileOthersAreStaged(String dropped) {
        assertLoadedWithout(
                dropped, Statements.inOrder(Statements.STAGE, Statements.COMMIT, Statements.STAGE, Statements.COMMIT));
    }

    /** Kills a run just before this statement, drops the objects with such names, and lets another run go on. */
    private void assertLoadedWithout(String dropped, Predicate<String> statement) {
        try (CutProxy proxy = new CutProxy(database.port())) {
            ProductLoad load =
                    new ProductLoad(bench, ProductJob.of(Mode.UPSERT, 4000), 1, database, database.through(proxy));
            AtomicReference<@Nullable FilejobProcess> run = new AtomicReference<>();
            proxy.cut(
                    Moment.BEFORE,
                    statement,
                    () -> Moments.until("the run is known", () -> {
                        FilejobProcess process = run.get();
                        if (process != null) {
                            process.kill();
                        }
                        return process != null;
                    }));
            run.set(load.run());
            Moments.until("the run is killed", () -> proxy.cuts() == 1);
            List<List<@Nullable String>> objects = database.query(
                            "SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END || ' '"
                                    + " || relname FROM pg_class WHERE relkind IN ('r', 'p', 'S') AND relname ~ '^filejob_.*"
                                    + dropped + "$'")
                    .rows();
            assertThat(objects).isNotEmpty();
            objects.forEach(object -> database.execute("DROP " + object.getFirst() + " CASCADE"));
            load.assertLoaded();
        }
    }
}
