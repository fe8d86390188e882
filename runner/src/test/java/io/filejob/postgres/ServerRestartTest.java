package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.spec.ingest.IngestSpec.Mode;
import io.filejob.testing.postgres.CutProxy;
import io.filejob.testing.postgres.CutProxy.Moment;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A server crash or restart at any moment of a job changes neither tables nor counts. */
@Timeout(180)
final class ServerRestartTest {
    private static final int ROWS = 3000;
    /** Enough rows for more than one partition of the staging table. */
    private static final int MANY_ROWS = 32_000;

    private static final PostgresServer SERVER = PostgresServer.start(Map.of());

    private final TestDatabase database = SERVER.database();
    private final CutProxy proxy = new CutProxy(SERVER.port());

    @TempDir
    private Path folder;

    enum Stop {
        IMMEDIATE,
        FAST
    }

    record Restart(Mode mode, Stop stop) {}

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    static Stream<Restart> restarts() {
        return Stream.of(
                new Restart(Mode.UPSERT, Stop.IMMEDIATE),
                new Restart(Mode.REPLACE, Stop.IMMEDIATE),
                new Restart(Mode.APPEND, Stop.IMMEDIATE),
                new Restart(Mode.UPSERT, Stop.FAST),
                new Restart(Mode.APPEND, Stop.FAST));
    }

    private void restart(Stop stop) {
        switch (stop) {
            case IMMEDIATE -> SERVER.stopImmediately();
            case FAST -> SERVER.stop();
        }
        SERVER.start();
    }

    private void assertLoadedWith(ProductJob job, int workers) {
        job.createTables(database);
        var outcome = job.run(folder, workers, database.through(proxy));
        assertThat(proxy.cuts()).as("the server was restarted").isEqualTo(1);
        job.assertLoaded(database, outcome);
    }

    @ParameterizedTest
    @MethodSource("restarts")
    void inTheMiddleOfACopy(Restart how) {
        proxy.cutAfterCopied(ProductJob.SLICE * 3 / 2, () -> restart(how.stop()));
        assertLoadedWith(ProductJob.of(how.mode(), ROWS), 2);
    }

    @ParameterizedTest
    @MethodSource("restarts")
    void inTheMiddleOfACommit(Restart how) {
        proxy.cut(
                Moment.AFTER,
                Statements.inOrder(how.mode() == Mode.APPEND ? Statements.APPEND : Statements.MERGE, Statements.COMMIT),
                () -> restart(how.stop()));
        assertLoadedWith(ProductJob.of(how.mode(), ROWS), 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"UPSERT", "REPLACE"})
    void waitingRowsThatACrashHasTakenAreLoadedAgainBeforeTheyAreMerged(Mode mode) {
        proxy.cut(Moment.BEFORE, Statements.BEFORE_MERGE, () -> restart(Stop.IMMEDIATE));
        assertLoadedWith(ProductJob.of(mode, ROWS), 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"UPSERT", "REPLACE"})
    void waitingRowsThatACrashHasTakenAreLoadedAgainWhileTheyAreMerged(Mode mode) {
        proxy.cut(
                Moment.BEFORE,
                mode == Mode.UPSERT
                        ? Statements.inOrder(Statements.MERGE, Statements.COMMIT, Statements.MERGE)
                        : Statements.MERGE,
                () -> restart(Stop.IMMEDIATE));
        assertLoadedWith(ProductJob.of(mode, MANY_ROWS), 1);
    }
}
