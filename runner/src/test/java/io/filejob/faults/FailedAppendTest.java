package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.postgres.ProductJob;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A bad record in a late slice of an append: committed rows stay, and are loaded once. */
final class FailedAppendTest {
    private static final int ROWS = 4000;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private final TestDatabase database = PostgresServer.shared().database();

    @Test
    void whatIsCommittedStaysAndIsNotLoadedAgainWhenTheJobGoesOn() {
        ProductLoad load = new ProductLoad(bench, ProductJob.ofNewKeys(ROWS), 1, database, database);
        // Only the database server detects it.
        database.execute(String.format(
                Locale.ROOT, "ALTER TABLE products ADD CONSTRAINT late CHECK (sku <> 'sku-%08d')", ROWS - 1));
        FilejobProcess.End failed = load.run().end().with(65);
        assertThat(failed.err()).contains("products.csv", "late");
        Object committed = database.query("SELECT xmin, * FROM products WHERE sku LIKE 'sku-%'")
                .rows();
        assertThat(database.query("SELECT * FROM products WHERE sku LIKE 'sku-%'")
                        .rows())
                .hasSizeBetween(1, ROWS - 1)
                .as("counted")
                .hasSize(failed.json().at("/status/rows/used").asInt());
        load.run().end().with(65);
        assertThat(database.query("SELECT xmin, * FROM products WHERE sku LIKE 'sku-%'")
                        .rows())
                .isEqualTo(committed);
        database.execute("ALTER TABLE products DROP CONSTRAINT late");
        load.assertLoaded();
    }
}
