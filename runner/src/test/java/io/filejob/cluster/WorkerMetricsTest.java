package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.api.FileJob;
import io.filejob.engine.images.TestPictures;
import io.filejob.image.TestLibvips;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.status.Phase;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.http.PageServer;
import io.filejob.testing.http.Tap;
import io.filejob.testing.kubernetes.FaultyProxy.Fault;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import io.filejob.testing.prometheus.DocumentedMetrics;
import io.filejob.testing.prometheus.ScrapedMetrics;
import io.filejob.testing.s3.S3Server;
import io.filejob.worker.MetricsServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every documented metric of workers has data after jobs of all kinds, each of whose services fails once. */
@Timeout(600)
final class WorkerMetricsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String FETCHING = "filejob_worker_fetching_bytes";

    @TempDir
    private Path folder;

    @BeforeEach
    void libvips() {
        TestLibvips.load();
    }

    private static ScrapedMetrics scrape(MetricsServer server) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/metrics");
            return ScrapedMetrics.parse(
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    /** Runs a job with the Secrets {@code secrets} to its end. Groups of more than a few bytes are spilled to files. */
    private void run(String input, String more, String... secrets) {
        String manifest = """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: counted}
                spec: {workers: 1, input: {%s}, %s}
                """.formatted(input, more);
        try {
            FileJob job = ManifestReader.read(manifest);
            LocalOptions options =
                    new LocalOptions(folder, Secrets.of(List.of(secrets)), Mounts.NONE, null, false, 16, _ -> {});
            LocalRun.RunOutcome outcome = new LocalRun(job, options, Clock.systemUTC()).run();
            assertThat(outcome.status().phase()).as(outcome.status().message()).isEqualTo(Phase.COMPLETE);
        } catch (Exception e) {
            throw new AssertionError(manifest, e);
        }
    }

    private void write(String name, String content) throws Exception {
        Files.writeString(folder.resolve(name), content);
    }

    @Test
    void everyDocumentedSeriesGrowsWithTheWorkOfJobs() throws Exception {
        try (MetricsServer server = new MetricsServer(0)) {
            ScrapedMetrics before = scrape(server);
            groupsAreSpilledAndAGuessIsWrong();
            aPageIsFetched(server);
            anObjectIsRead();
            imagesAreCompressed();
            rowsAreLoaded();
            slicesOfAnAbsentWorkerAreStolen();
            ScrapedMetrics after = scrape(server);

            Set<String> published = new TreeSet<>();
            Set<String> silent = new TreeSet<>();
            after.series().forEach((series, value) -> {
                if (series.startsWith("filejob_worker_")) {
                    published.add(ScrapedMetrics.nameOf(series));
                    if (value <= before.series().getOrDefault(series, 0.0)) {
                        silent.add(series);
                    }
                }
            });
            assertThat(published).containsAll(DocumentedMetrics.series(ROOT, "Workers"));
            assertThat(silent)
                    .as("series without data, but the gauge, which was seen above")
                    .containsOnly(FETCHING);
        }
    }

    /** A slice that begins within a quoted field takes its lines for records. */
    private void groupsAreSpilledAndAGuessIsWrong() throws Exception {
        write("quoted.csv", "note,price\n\"a\n" + "b,1\n".repeat(200) + "\",2\nc,3\n");
        run("files: [quoted.csv], sliceBytes: 128", """
                operation: {aggregate: {groupBy: [note], measures: [{function: sum, column: price}]}},
                output: {uri: groups.csv}\
                """);
    }

    private void aPageIsFetched(MetricsServer server) throws Exception {
        try (PageServer pages = new PageServer()) {
            String page = pages.put("p.csv", ("price\n" + "7\n".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
            pages.hold("p.csv");
            pages.fail(1);
            CompletableFuture<Void> job = CompletableFuture.runAsync(
                    () -> run("files: [\"" + page + "\"], sliceBytes: 64Ki", "operation: {average: {column: price}}"),
                    Thread::startVirtualThread);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> job.isDone() || scrape(server).sum(FETCHING) > 0);
            assertThat(job).as("a job whose page is held").isNotDone();
            pages.release();
            job.join();
        }
    }

    private void anObjectIsRead() throws Exception {
        try (S3Server storage = new S3Server(Files.createDirectory(folder.resolve("s3")));
                Tap tap = new Tap(storage.endpoint())) {
            storage.bucket("prices");
            storage.put("prices", "a.csv", "price\n1\n".getBytes(StandardCharsets.UTF_8));
            // Java's own client repeats a request once before S3's does.
            tap.refuse(2);
            String reached = storage.yaml().replace(storage.endpoint(), tap.endpoint());
            run(
                    "files: [\"s3://prices/a.csv\"]",
                    "operation: {average: {column: price}}, " + reached,
                    storage.secretOption());
        }
    }

    private void imagesAreCompressed() throws Exception {
        try (PageServer pages = new PageServer()) {
            write(
                    "images.csv",
                    "S. No.,Product Name,Input Image Urls\n1,lamp,%s\n"
                            .formatted(pages.put("1.jpg", TestPictures.jpeg(1))));
            pages.fail(1);
            run("files: [images.csv]", "operation: {compressImages: {to: {uri: out}}}, output: {uri: images-out.csv}");
        }
    }

    private void rowsAreLoaded() throws Exception {
        TestDatabase database = PostgresServer.shared().database();
        try (Tap tap = new Tap("http://127.0.0.1:" + database.port())) {
            Path secret = database.secret(
                    folder.resolve("db"), Map.of("port", Integer.toString(tap.port()), "sslmode", "disable"));
            write("products.csv", "sku,name\n1,lamp\n");
            tap.refuse(1);
            run(
                    "files: [products.csv]",
                    "operation: {ingest: {database: {secret: {name: db}}, table: products, mode: append, createTable: true}}",
                    "db=" + secret);
        }
    }

    private void slicesOfAnAbsentWorkerAreStolen() throws Exception {
        String spec = "input: {generate: {files: 4, entriesPerFile: 10, filesPerSlice: 1}}, operation: {average: {}}";
        try (TestJob job = new TestJob(spec, 2, folder)) {
            job.proxy.next("POST", Fault.TOO_MANY);
            assertThat(job.worker(0, 2, folder).run()).isTrue();
        }
    }
}
