package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.postgres.IngestOracle.Expected;
import io.filejob.spec.ingest.IngestSpec;
import io.filejob.status.JobResult;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.postgres.TableRows;
import io.filejob.testing.postgres.TestDatabase;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A job that loads generated products into a table that already contains some, with its expected outcome. */
public final class ProductJob {
    /** Name of the Secret in the manifest. */
    public static final String SECRET = "db";

    /** Size of a slice in bytes. */
    public static final int SLICE = 64 << 10;

    private static final long SEED = 20;
    private static final int REPEATED = 30;
    private static final int OTHERS = 50;

    private final IngestSpec.Mode mode;
    private final boolean keyed;
    private final List<Product> input;
    private final List<Product> before;

    private ProductJob(IngestSpec.Mode mode, boolean keyed, List<Product> input) {
        this.mode = mode;
        this.keyed = keyed;
        this.input = input;
        this.before = before();
    }

    /**
     * Creates a job of {@code rows} rows, and many repeat an SKU. The table has sku as its primary key, unless
     * rows are appended.
     */
    public static ProductJob of(IngestSpec.Mode mode, int rows) {
        return new ProductJob(mode, mode != IngestSpec.Mode.APPEND, ProductRows.of(SEED, rows, REPEATED));
    }

    /** Creates a job that appends {@code rows} rows with different SKUs to a table with sku as its primary key. */
    public static ProductJob ofNewKeys(int rows) {
        return new ProductJob(IngestSpec.Mode.APPEND, true, ProductRows.of(SEED, rows, 0));
    }

    /**
     * Returns the rows already in the table: other products and, unless rows are appended, some of the input's
     * products, unchanged or with another name.
     */
    private List<Product> before() {
        Map<String, Product> rows = new TreeMap<>();
        for (Product other : ProductRows.of(SEED + 1, OTHERS, 0)) {
            rows.put("other-" + other.sku(), new Product("other-" + other.sku(), other.name(), other.description()));
        }
        for (int i = 0; i < input.size() && mode != IngestSpec.Mode.APPEND; i += 5) {
            Product product = input.get(i);
            rows.put(
                    product.sku(),
                    i % 2 == 0 ? product : new Product(product.sku(), "was another", product.description()));
        }
        return List.copyOf(rows.values());
    }

    /** Creates the tables and inserts the rows. */
    public void createTables(TestDatabase database) {
        database.execute(
                "CREATE TABLE products (sku text" + (keyed ? " PRIMARY KEY" : "") + ", name text, description text)",
                "CREATE TABLE products_by_name (name text, no_of_products bigint)");
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO products VALUES (?, ?, ?)")) {
            connection.setAutoCommit(false);
            for (Product product : before) {
                insert.setString(1, product.sku());
                insert.setString(2, product.name());
                insert.setString(3, product.description());
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes the input and a manifest for {@code workers} workers into {@code folder}; returns the manifest's path. */
    public Path write(Path folder, int workers) {
        try {
            Files.writeString(folder.resolve("products.csv"), ProductRows.csv(input));
            return Files.writeString(folder.resolve("job.yaml"), manifest(workers));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String manifest(int workers) {
        return String.format(
                Locale.ROOT,
                """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: products}
                spec:
                  workers: %d
                  input: {files: [products.csv], sliceBytes: %d}
                  operation:
                    ingest:
                      database: {secret: {name: %s}}
                      table: products
                      mode: %s
                      %s
                      aggregates:
                      - {table: products_by_name, groupBy: [name], measures: [{function: count, as: no_of_products}]}
                """,
                workers,
                SLICE,
                SECRET,
                mode.name().toLowerCase(Locale.ROOT),
                mode == IngestSpec.Mode.APPEND ? "" : "keys: [sku]");
    }

    /** Runs the job in this process with {@code workers} threads. */
    public LocalRun.RunOutcome run(Path folder, int workers, TestDatabase database) {
        return run(write(folder, workers), database.secret(folder.resolve(SECRET)), null);
    }

    /**
     * Runs a manifest from {@link #write} with a Secret's folder and, if {@code store} is given, a persistent store.
     */
    public LocalRun.RunOutcome run(Path manifest, Path secret, @Nullable Path store) {
        try {
            Path folder = Objects.requireNonNull(manifest.getParent());
            FileJob job = ManifestReader.read(Files.readString(manifest));
            Secrets secrets = Secrets.of(List.of(SECRET + "=" + secret));
            String place = store == null ? null : store.toString();
            return new LocalRun(
                            job,
                            new LocalOptions(folder, secrets, Mounts.NONE, place, false, null, _ -> {}),
                            Clock.systemUTC())
                    .run();
        } catch (IOException | InvalidManifestException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a description for messages. */
    @Override
    public String toString() {
        return mode + (keyed ? " with" : " without") + " a primary key";
    }

    /** Asserts that the tables are unchanged. */
    public void assertUntouched(TestDatabase database) {
        assertThat(database.query("TABLE products"))
                .isEqualTo(new TableRows(before.stream().map(Product::values).toList()));
        assertThat(database.query("TABLE products_by_name").rows()).isEmpty();
    }

    /** Asserts that the tables and counts are as expected, and that only the ledger is left. */
    public void assertLoaded(TestDatabase database, LocalRun.RunOutcome outcome) {
        assertThat(outcome.failure()).isNull();
        assertLoaded(database, outcome.status().result());
    }

    /** Asserts the same for a result. */
    public void assertLoaded(TestDatabase database, @Nullable JobResult result) {
        Expected expected = expected();
        assertThat(database.query("SELECT * FROM products WHERE sku NOT LIKE 'foreign-%'"))
                .isEqualTo(expected.table());
        assertThat(result).isNotNull();
        assertThat(result).isEqualTo(Objects.requireNonNull(expected.result()).digested());
        assertThat(database.query("SELECT * FROM products_by_name"))
                .isEqualTo(database.query("SELECT name, count(*) FROM products GROUP BY name"));
        assertOnlyTheLedgerIsLeft(database);
    }

    private Expected expected() {
        try {
            IngestSpec spec = (IngestSpec)
                    ManifestReader.read(manifest(1)).spec().operation().chosen();
            return IngestOracle.of(
                    spec,
                    Product.COLUMNS,
                    new ArrayList<>(input.stream().map(Product::values).toList()),
                    new ArrayList<>(before.stream().map(Product::values).toList()));
        } catch (InvalidManifestException e) {
            throw new AssertionError(e);
        }
    }

    /** Asserts that the ledger is the only object created by jobs that still exists. */
    public static void assertOnlyTheLedgerIsLeft(TestDatabase database) {
        assertThat(database.query("SELECT relname FROM pg_class WHERE relname LIKE 'filejob%' AND relkind <> 'i'")
                        .rows())
                .containsExactly(List.of("filejob_ledger"));
    }
}
