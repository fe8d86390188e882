package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.spec.ingest.IngestSpec.Mode;
import io.filejob.testing.postgres.CutProxy;
import io.filejob.testing.postgres.CutProxy.Moment;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Losing a connection at any moment changes neither the tables nor the counts. */
@Timeout(180)
final class CutConnectionTest {
    private static final int ROWS = 2000;

    private final TestDatabase database = PostgresServer.shared().database();
    private final CutProxy proxy = new CutProxy(database.port());

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        proxy.close();
    }

    static Stream<Arguments> commits() {
        return Stream.of(Moment.values())
                .flatMap(moment -> Stream.of(
                        Arguments.of(Mode.UPSERT, moment, "a staged slice", Statements.STAGE),
                        Arguments.of(Mode.APPEND, moment, "an appended slice", Statements.APPEND),
                        Arguments.of(Mode.UPSERT, moment, "a merge", Statements.MERGE),
                        Arguments.of(Mode.REPLACE, moment, "a replacement", Statements.MERGE),
                        Arguments.of(Mode.UPSERT, moment, "an aggregated table", Statements.AGGREGATE),
                        Arguments.of(Mode.UPSERT, moment, "the removal of what is not needed", Statements.REMOVE)));
    }

    @ParameterizedTest(name = "{0}: {1} the server has committed {2}")
    @MethodSource("commits")
    void aCommitWithoutAnAnswerIsNotDoneTwice(Mode mode, Moment moment, String what, Predicate<String> statement) {
        ProductJob job = ProductJob.of(mode, ROWS);
        job.createTables(database);
        proxy.cut(moment, Statements.inOrder(statement, Statements.COMMIT));
        var outcome = job.run(folder, 1, database.through(proxy));
        assertThat(proxy.cuts()).as(what).isEqualTo(1);
        job.assertLoaded(database, outcome);
    }

    @ParameterizedTest
    @EnumSource
    void halfOfACopyIsDoneAgain(Mode mode) {
        ProductJob job = ProductJob.of(mode, ROWS);
        job.createTables(database);
        proxy.cutAfterCopied(ProductJob.SLICE * 5 / 2);
        var outcome = job.run(folder, 1, database.through(proxy));
        assertThat(proxy.cuts()).isEqualTo(1);
        job.assertLoaded(database, outcome);
    }

    @Test
    void eachWorkerHasOneConnection() {
        int workers = 3;
        ProductJob job = ProductJob.of(Mode.UPSERT, 20 * ROWS);
        job.createTables(database);
        var outcome = job.run(folder, workers, database.through(proxy));
        job.assertLoaded(database, outcome);
        int slices = Objects.requireNonNull(outcome.status().slices()).total();
        // One looks whether the table is there, before, and one removes the run's notes, after. Workers that clean up
        // at the
        // same time end the sessions of each other, and connect again.
        assertThat(proxy.connections()).isBetween(workers, workers + 2 + 4 * workers);
        assertThat(slices).isGreaterThan(4 * (workers + 2 + 4 * workers));
    }
}
