package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.filejob.status.FileJobStatus;
import io.filejob.status.JobResult;
import io.filejob.status.Phase;
import io.filejob.status.RejectedRecord;
import io.filejob.status.RowCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads products from a volume into a PostgreSQL table: each exactly once, even if workers are killed. */
@NeedsNode
final class ProductsTest {
    private static final String SECRET = "products-db";
    private static final String UNTOUCHED =
            "SELECT md5(string_agg(xmin::text, ',' ORDER BY sku COLLATE \"C\")) FROM products";

    private static Postgres postgres;

    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @TempDir
    private Path here;

    private Volume volume;
    private Products products;
    private Database database;

    @BeforeAll
    static void server() {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stopServer() {
        postgres.close();
    }

    @BeforeEach
    void input() throws IOException {
        volume = Volume.of(sandbox.namespace(), "products").claimed();
        products = Products.in(volume.folder());
        database = postgres.database();
    }

    @AfterEach
    void removeVolume() {
        volume.close();
    }

    /** The example, split into several slices. */
    private static Manifest example(int workers) throws IOException {
        return new Manifest(
                        Files.readString(Cluster.ROOT.resolve("k8s-examples").resolve("products.yaml")))
                .with("spec.workers", String.valueOf(workers))
                .with("spec.input.sliceBytes", "400Ki")
                .with("spec.pod", Manifest.pod());
    }

    private void createSecret(String content) throws IOException {
        kubectl(
                "create",
                "secret",
                "generic",
                SECRET,
                "--from-env-file=" + Files.writeString(here.resolve("secret"), content));
    }

    private String kubectl(String... arguments) {
        return Cluster.kubectl(Stream.concat(Stream.of("-n", sandbox.namespace()), Stream.of(arguments))
                        .toArray(String[]::new))
                .ok();
    }

    private static FileJobStatus complete(Job job) {
        return job.await("Complete", status -> status.phase() == Phase.COMPLETE);
    }

    /** Runs {@code filejob run} on this machine, into a separate database. */
    private Outcome localRun(Job job) throws IOException {
        Database own = postgres.database();
        Path secret = Files.writeString(here.resolve("local"), own.secret());
        Outcome outcome = Outcome.ofLocalRun(
                job.manifest().yaml(),
                List.of("--mount", "/data=" + volume.folder(), "--secret", SECRET + "=" + secret));
        assertTables(own);
        return outcome;
    }

    private void assertTables(Database of) {
        assertThat(of.query("SELECT sku, name, description FROM products ORDER BY sku COLLATE \"C\""))
                .isEqualTo(products.table());
        assertThat(of.query("SELECT name, no_of_products FROM products_by_name"))
                .containsExactlyInAnyOrderElementsOf(products.byName());
    }

    private void awaitNothingLeftBehind() {
        Job.await("only what was asked for and the ledger are in the database")
                .until(database::relations, List.of("filejob_ledger", "products", "products_by_name")::equals);
    }

    private void assertCounts(FileJobStatus status, JobResult expected) {
        assertThat(status.rows()).isEqualTo(new RowCounts(Products.USED + Products.BAD, Products.USED, Products.BAD));
        assertThat(status.result()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theTableIsThatOfALocalRunForAnyNumberOfWorkers(int workers) throws IOException {
        createSecret(database.secret());
        Job job = sandbox.submit(example(workers));
        FileJobStatus status = complete(job);

        assertTables(database);
        assertCounts(status, products.allNew());
        assertThat(Objects.requireNonNull(status.rejected()).samples())
                .extracting(bad -> bad.source() + ":" + bad.line())
                .containsExactlyElementsOf(products.bad());
        assertThat(status.rejected().samples())
                .extracting(RejectedRecord::reason)
                .contains("has a NUL byte, which PostgreSQL's texts cannot hold");
        assertThat(Outcome.of(status)).isEqualTo(localRun(job));
        assertThat(kubectl("get", "fj", "products", "--no-headers").strip().split(" {2,}"))
                .startsWith("products", "Complete", "AllSlicesMerged", String.valueOf(workers), "3")
                .contains("60,000 rows");
        awaitNothingLeftBehind();
    }

    @Test
    void theSameInputOnceMoreChangesNothing() throws IOException {
        createSecret(database.secret());
        complete(sandbox.submit(example(2)));
        List<List<String>> untouched = database.query(UNTOUCHED);

        FileJobStatus again = complete(sandbox.submit(example(2).with("metadata.name", "again")));

        assertCounts(again, products.allKnown());
        assertTables(database);
        assertThat(database.query(UNTOUCHED)).as("no row was written").isEqualTo(untouched);
        awaitNothingLeftBehind();
    }

    /** Rows are in staging tables when the job is deleted. */
    @Test
    void aDeletedJobLeavesNothingInTheDatabase() throws IOException, SQLException {
        createSecret(database.secret());
        Job job;
        try (Connection lock = database.connect()) {
            lock.createStatement().execute("CREATE TABLE products (sku text PRIMARY KEY, name text, description text)");
            lock.setAutoCommit(false);
            lock.createStatement().execute("LOCK TABLE products IN SHARE MODE");
            job = sandbox.submit(example(2));
            job.await("both workers held in the database", _ -> database.held() == 2);
            assertThat(database.relations())
                    .anyMatch(name -> name.startsWith("filejob_") && !name.equals("filejob_ledger"));

            job.delete();
        }

        job.awaitNothingLeft();
        assertThat(database.relations())
                .noneMatch(name -> name.startsWith("filejob_") && !name.equals("filejob_ledger"));
        assertThat(database.query("SELECT count(*) FROM filejob_ledger")).containsExactly(List.of("0"));
        // The transaction waiting for the lock may have acquired it before its worker ended: it is applied as a whole
        // or not at all.
        assertThat(database.query("SELECT count(*) FROM products"))
                .containsAnyOf(
                        List.of("0"), List.of(String.valueOf(products.table().size())));
    }

    @Test
    void workersAreKilledInTheMiddleOfIt() throws IOException, SQLException {
        createSecret(database.secret());
        Job job;
        List<Pod> killed;
        try (Connection lock = database.connect()) {
            lock.createStatement().execute("CREATE TABLE products (sku text PRIMARY KEY, name text, description text)");
            lock.setAutoCommit(false);
            // Rows can be staged, but not moved into the table.
            lock.createStatement().execute("LOCK TABLE products IN SHARE MODE");
            job = sandbox.submit(example(2));
            job.await("both workers held in the database", _ -> database.held() == 2);

            killed = job.runningPods();
            for (Pod pod : killed) {
                Cluster.node(
                                "kill-container",
                                sandbox.namespace(),
                                pod.getMetadata().getName())
                        .ok();
            }
            assertThat(database.query("SELECT count(*) FROM products")).containsExactly(List.of("0"));
        }
        FileJobStatus status = complete(job);

        assertTables(database);
        assertCounts(status, products.allNew());
        assertThat(job.pods())
                .filteredOn(pod -> killed.stream().anyMatch(victim -> victim.getMetadata()
                        .getUid()
                        .equals(pod.getMetadata().getUid())))
                .as("the killed workers")
                .hasSize(2)
                .allSatisfy(pod -> assertThat(pod.getStatus().getPhase()).isEqualTo("Failed"));
        awaitNothingLeftBehind();
    }

    @Test
    void theSecretIsMissingAtFirst() throws IOException {
        Job job = sandbox.submit(example(2));
        assertThat(job.awaitCondition("Running", "False", "SecretMissing").message())
                .contains("there is no Secret " + SECRET + " in this namespace: create it");

        createSecret(database.secret());
        assertCounts(complete(job), products.allNew());
        assertTables(database);
    }

    @Test
    void theSecretHasAWrongPassword() throws IOException {
        createSecret(database.secret("wrong"));
        Job job = sandbox.submit(example(2));

        assertThat(job.awaitCondition("Failed", "True", "CredentialsRefused").message())
                .contains(
                        "the database " + database.name() + " at " + database.address() + ":" + database.port(),
                        "password authentication failed for user \"" + Database.USER + "\"",
                        "Secret " + SECRET)
                .doesNotContain("wrong");
        assertThat(database.relations()).isEmpty();
    }

    @Test
    void theTableIsMissing() throws IOException {
        createSecret(database.secret());
        Job job = sandbox.submit(example(2).with("spec.operation.ingest.createTable", "false"));

        assertThat(job.awaitCondition("Failed", "True", "BadManifest").message())
                .contains(
                        "there is no table products in the database " + database.name(),
                        "create it, or set createTable");
        assertThat(database.relations()).isEmpty();
    }
}
