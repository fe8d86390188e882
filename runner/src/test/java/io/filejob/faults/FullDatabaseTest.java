package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.postgres.ProductJob;
import io.filejob.spec.ingest.IngestSpec.Mode;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import io.filejob.testing.system.Tmpfs;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A database without space for the rows: exit status 69, and when there is space again, the same command resumes the
 * job.
 */
final class FullDatabaseTest {
    private static final int TIGHT = 20;
    private static final int ROOMY = 200;

    @RegisterExtension
    final Workbench bench = new Workbench();

    @Test
    void theTableIsUntouchedAndTheJobGoesOnWhenThereIsRoom() throws SQLException {
        try (Tmpfs disk = new Tmpfs(TIGHT)) {
            // The server stops before the disk is unmounted.
            try (PostgresServer server = PostgresServer.start(Map.of())) {
                TestDatabase database = server.database();
                ProductJob job = ProductJob.of(Mode.UPSERT, 60_000);
                ProductLoad load = new ProductLoad(bench, job, 2, database, database);
                move(server, database, disk);
                FilejobProcess.End end = load.run().end().with(69);
                assertThat(end.err()).contains("No space left on device", "53100");
                job.assertUntouched(database);
                disk.resize(ROOMY);
                load.assertLoaded();
            }
        }
    }

    /** Moves the whole database, so that there is no space for staging tables either. */
    private static void move(PostgresServer server, TestDatabase database, Tmpfs disk) throws SQLException {
        String place = disk.folder().resolve("space").toString();
        try (Connection admin = server.admin()) {
            // The folder must belong to the database server, which fails if a program does not read what it gets.
            admin.createStatement().execute("COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; mkdir " + place + "'");
            admin.createStatement().execute("CREATE TABLESPACE small LOCATION '" + place + "'");
            admin.createStatement().execute("ALTER DATABASE " + database.name() + " SET TABLESPACE small");
        }
    }
}
