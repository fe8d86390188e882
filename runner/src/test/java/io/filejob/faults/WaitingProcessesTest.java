package io.filejob.faults;

import io.filejob.postgres.ProductJob;
import io.filejob.spec.ingest.IngestSpec.Mode;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The progress of {@code run --processes} shows the waits of its worker processes. */
final class WaitingProcessesTest {
    @RegisterExtension
    final Workbench bench = new Workbench();

    @Test
    void theLockedTableIsNamed() throws SQLException {
        TestDatabase database = PostgresServer.shared().database();
        ProductJob job = ProductJob.of(Mode.UPSERT, 1_000);
        job.createTables(database);
        Path manifest = job.write(bench.folder(), 2);
        String secret = ProductJob.SECRET + "=" + database.secret(bench.path(ProductJob.SECRET));
        FilejobProcess run;
        try (Connection holder = database.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("LOCK TABLE products IN EXCLUSIVE MODE");
            run = bench.start("run", "--processes", "--secret", secret, manifest);
            Moments.until("the progress names the lock", () -> text("err-0")
                    .contains("waiting for a lock on table products held by pid "));
            holder.rollback();
        }
        run.end().with(0);
    }

    private String text(String name) {
        try {
            return Files.readString(bench.path(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
