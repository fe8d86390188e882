package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.postgres.ProductJob;
import io.filejob.spec.ingest.IngestSpec.Mode;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TableRows;
import io.filejob.testing.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A worker that is suspended in the middle of a slice, and resumes after others have finished the job, does not change
 * anything.
 */
final class SleepingLoadTest {
    private static final int ROWS = 4000;
    private static final int WORKERS = 2;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private final TestDatabase database = PostgresServer.shared().database();

    static Stream<ProductJob> appends() {
        return Stream.of(ProductJob.of(Mode.APPEND, ROWS), ProductJob.ofNewKeys(ROWS));
    }

    /** Starts a worker and suspends it while it waits for the table. */
    private FilejobProcess sleeper(ProductLoad load) throws SQLException {
        try (Connection holder = database.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("LOCK TABLE products IN EXCLUSIVE MODE");
            FilejobProcess sleeper = load.work(0, "sleeper");
            Moments.until("the worker waits for the table", () -> load.waiting() == 1);
            sleeper.signal("STOP");
            holder.rollback();
            return sleeper;
        }
    }

    private void wake(FilejobProcess sleeper, ProductLoad load) {
        TableRows before = database.query("SELECT xmin, ctid, * FROM products");
        sleeper.signal("CONT");
        sleeper.end().with(0);
        assertThat(database.query("SELECT xmin, ctid, * FROM products")).isEqualTo(before);
        load.assertLoaded();
    }

    @ParameterizedTest
    @MethodSource("appends")
    void whereItAppends(ProductJob job) throws SQLException {
        ProductLoad load = new ProductLoad(bench, job, WORKERS, database, database);
        FilejobProcess sleeper = sleeper(load);
        int at = Moments.slice(load.at("sleeper")).orElseThrow();
        load.work(1, "other").end().with(0);
        assertThat(load.ledgers().of(1)).as("done for the sleeper").contains(at);
        wake(sleeper, load);
    }

    @Test
    void whereItHasMergedAndNotYetCommitted() throws SQLException {
        ProductLoad load = new ProductLoad(bench, ProductJob.of(Mode.UPSERT, ROWS), WORKERS, database, database);
        FilejobProcess sleeper = sleeper(load);
        FilejobProcess other = load.work(1, "other");
        Moments.until("the other waits for the sleeper", () -> load.waiting() == 1);
        // The server does the same to sessions that are idle for a minute.
        for (long pid : load.sessions("state = 'idle in transaction'")) {
            database.query("SELECT pg_terminate_backend(" + pid + ")");
        }
        other.end().with(0);
        wake(sleeper, load);
    }
}
