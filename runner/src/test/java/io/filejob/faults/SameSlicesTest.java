package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.model.IngestSpec.Mode;
import io.filejob.table.PostgresServer;
import io.filejob.table.ProductJob;
import io.filejob.table.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workers that do the very same slices at the same time: nothing is doubled, and nobody fails. */
final class SameSlicesTest {
    private static final int ROWS = 4000;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private final TestDatabase database = PostgresServer.shared().database();

    static Stream<ProductJob> jobs() {
        return Stream.concat(
                Stream.of(Mode.values()).map(mode -> ProductJob.of(mode, ROWS)),
                Stream.of(ProductJob.ofNewKeys(ROWS)));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void byWorkersOfOneIndex(ProductJob job) throws SQLException {
        ProductLoad load = new ProductLoad(bench, job, 1, database, database);
        List<FilejobProcess> workers;
        try (Connection holder = database.connect()) {
            holder.setAutoCommit(false);
            // Readers may go on, so that all come to the point where they write the same rows.
            holder.createStatement().execute("LOCK TABLE products IN EXCLUSIVE MODE");
            workers = Stream.of("a", "b", "c").map(name -> load.work(0, name)).toList();
            Moments.until("all are at the same rows", () -> load.waiting() == workers.size());
            holder.rollback();
        }
        workers.forEach(worker -> worker.end().with(0));
        assertThat(load.ledgers().all()).as("ledgers, each of one worker").hasSize(workers.size());
        load.assertLoaded();
    }
}
