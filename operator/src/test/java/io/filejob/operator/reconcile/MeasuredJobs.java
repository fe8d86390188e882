package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.cluster.PodEnvironment;
import io.filejob.metrics.JobMetrics;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.operator.observe.Predecessors;
import io.filejob.status.Phase;
import io.filejob.testing.http.PageServer;
import io.filejob.testing.http.Tap;
import io.filejob.testing.http.WebhookReceiver;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import io.filejob.testing.prometheus.PrometheusServer;
import io.filejob.testing.system.ProjectScript;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of all operations, whose services fail once, for a packaged operator: they fill all metrics of FileJobs.
 */
final class MeasuredJobs implements AutoCloseable {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String NETWORK = ", network: {allowPrivate: [127.0.0.1]}";

    /** The job that runs until {@link #close}. */
    static final String LONG = "long";

    private final KubernetesClient client;
    private final PodNamespace namespace;
    private final Path folder;
    private final int metricsPort;
    private final TestVolume volume = new TestVolume();
    private final PageServer pages = new PageServer();
    private final WebhookReceiver receiver = new WebhookReceiver();
    private final Map<String, String> environment = new HashMap<>(Map.of(PodEnvironment.ALLOW_PRIVATE, "127.0.0.1"));
    private @Nullable Process worker;
    private int others;

    /**
     * Creates jobs in {@code namespace}, whose pods have files below {@code folder}. The worker of {@link #LONG} serves its
     * metrics at {@code metricsPort}.
     */
    MeasuredJobs(KubernetesClient client, PodNamespace namespace, int metricsPort, Path folder) throws IOException {
        this.metricsPort = metricsPort;
        this.client = client;
        this.namespace = namespace;
        this.folder = folder;
    }

    @Override
    public void close() throws IOException {
        if (worker != null) {
            worker.destroyForcibly().onExit().join();
        }
        receiver.close();
        pages.close();
        volume.close();
    }

    /** Runs all jobs while {@code prometheus} scrapes the operator. One still waits, and {@link #LONG} runs, afterwards. */
    void run(PrometheusServer prometheus) throws Exception {
        aJobWaitsAndItsWorkersAreReplaced();
        aJobIsRunning(prometheus);
        aPageIsAveragedAndTheReceiverToldSo();
        aBadRowFailsAJob();
        rowsAreLoaded();
        imagesAreCompressed();
        groupsAreSpilledAndAGuessIsWrong();
        runAnother();
    }

    /** Returns the volume of a job that reads or writes files. */
    private String volumes() {
        return ", volumes: [{name: data, claimName: data, mountPath: \"" + volume.path() + "\"}]";
    }

    private void run(FileJobResource job, Phase end) throws IOException, InterruptedException {
        String output = namespace.run(Names.base(job), environment);
        TestNamespace.soon(job.getMetadata().getName() + ": " + output)
                .until(() -> client.resource(job).get().getStatus().phase() == end);
    }

    /** Deletes the Job of a FileJob that waits for its first worker, and awaits another. */
    private void aJobWaitsAndItsWorkersAreReplaced() {
        FileJobResource job = namespace.create(
                "waits", "workers: 1, input: {generate: {files: 2, entriesPerFile: 2}}, operation: {average: {}}");
        Job child = namespace.awaitJob(Names.base(job));
        // The operator must have seen the Job to miss it.
        TestNamespace.soon("the record of the Job").until(() -> child.getMetadata()
                .getUid()
                .equals(Predecessors.of(client.configMaps()
                                .inNamespace(namespace.name())
                                .withName(Names.base(job))
                                .get())
                        .current()));
        client.resource(child).delete();
        TestNamespace.soon("another Job").until(() -> !namespace
                .awaitJob(Names.base(job))
                .getMetadata()
                .getUid()
                .equals(child.getMetadata().getUid()));
    }

    /** Starts the worker of a job that reads slices without end. */
    private void aJobIsRunning(PrometheusServer prometheus) throws IOException {
        FileJobResource job = namespace.create(
                LONG,
                "workers: 2, input: {generate: {files: 100000, entriesPerFile: 1000000, filesPerSlice: 1}},"
                        + " operation: {average: {}}");
        namespace.awaitJob(Names.base(job));
        Process started =
                PodProcess.start(client, namespace.name(), Names.base(job), 0, UUID.randomUUID(), metricsPort, folder);
        worker = started;
        TestNamespace.soon("rows of a job that has not ended")
                .until(() -> !started.isAlive()
                        || !prometheus
                                .query(JobMetrics.JOB_ROWS.name() + "{outcome=\"used\"} > 0")
                                .isEmpty());
        checkWorker();
    }

    /** Fails if the worker of the job {@link #LONG} is not running. */
    void checkWorker() {
        assertThat(worker != null && worker.isAlive())
                .as("the worker of the long job")
                .isTrue();
    }

    /** Runs a further job of averages to its end: rates need series that grow. */
    void runAnother() throws IOException, InterruptedException {
        FileJobResource job = namespace.create(
                "another-" + others++,
                "workers: 2, input: {generate: {files: 4, entriesPerFile: 2, filesPerSlice: 1}},"
                        + " operation: {average: {}}");
        run(job, Phase.COMPLETE);
    }

    private void aPageIsAveragedAndTheReceiverToldSo() throws Exception {
        namespace.secret("hook", Map.of("secret", "whsec_" + "Y".repeat(44)));
        FileJobResource job = namespace.create(
                "averages",
                "input: {files: [\"%s\"]}, workers: 1, operation: {average: {column: price}}, callback: {url: \"%s\", secret: {name: hook}}"
                        .concat(NETWORK)
                        .formatted(
                                pages.put("prices.csv", "price\n1\n2\n".getBytes(StandardCharsets.UTF_8)),
                                receiver.url()));
        pages.fail(1);
        run(job, Phase.COMPLETE);
        namespace.run(Names.base(job) + "-callback-1", environment);
        namespace.await(job, now -> TestNamespace.condition(now.getStatus(), "Notified")
                .reason()
                .equals("Delivered"));
    }

    private void aBadRowFailsAJob() throws Exception {
        FileJobResource job = namespace.create(
                "fails",
                "input: {files: [\"%s\"], sliceBytes: 16}, workers: 1, operation: {average: {column: price}}, tolerated: {records: 1}, onBadRecord: skip"
                                .formatted(volume.write("bad.csv", "sku,price\n1,10\n2,none\n3,none\n"))
                        + volumes());
        run(job, Phase.FAILED);
    }

    private void rowsAreLoaded() throws Exception {
        TestDatabase database = PostgresServer.shared().database();
        database.execute(
                "CREATE TABLE products (sku text PRIMARY KEY, name text)",
                "INSERT INTO products VALUES ('1', 'old'), ('2', 'table')");
        String server = client.getConfiguration().getMasterUrl();
        try (Tap api = new Tap(server);
                Tap tap = new Tap("http://127.0.0.1:" + database.port())) {
            namespace.secret(
                    "db",
                    Map.of(
                            "host",
                            PostgresServer.HOST,
                            "port",
                            Integer.toString(tap.port()),
                            "database",
                            database.name(),
                            "user",
                            TestDatabase.USER,
                            "password",
                            TestDatabase.PASSWORD,
                            "sslmode",
                            "disable"));
            FileJobResource job = namespace.create(
                    "loads",
                    "input: {files: [\"%s\"]}, workers: 1, operation: {ingest: {database: {secret: {name: db}}, table: products, mode: upsert, keys: [sku]}}"
                                    .formatted(
                                            volume.write("products.csv", "sku,name\n1,lamp\n2,table\n3,bed\n3,chair\n"))
                            + volumes());
            tap.refuse(1);
            api.refuse(1);
            environment.put(
                    PodEnvironment.API_URL, "https://" + URI.create(server).getHost() + ":" + api.port());
            run(job, Phase.COMPLETE);
            environment.remove(PodEnvironment.API_URL);
        }
    }

    private void imagesAreCompressed() throws Exception {
        environment.put("FILEJOB_LIBVIPS", ProjectScript.find(ROOT, "libvips").toString());
        String list = "S. No.,Product Name,Input Image Urls\n1,lamp,\"%s,%s,%s\"\n"
                .formatted(
                        pages.put("good.jpg", NoiseImage.jpeg(1, 0.95f)),
                        pages.put("small.jpg", NoiseImage.jpeg(2, 0.02f)),
                        pages.uri("none.jpg"));
        pages.fail(1);
        compress("images", list, 50);
        String fine =
                pages.put("fine.jpg", NoiseImage.progressiveJpeg(3, 0.95f)).toString();
        compress("images-kept", "S. No.,Product Name,Input Image Urls\n1,lamp,%s\n".formatted(fine), 100);
    }

    private void compress(String name, String list, int quality) throws Exception {
        FileJobResource job = namespace.create(
                name,
                """
                input: {files: ["%s"]}, workers: 1, onBadRecord: skip, output: {uri: "file://%2$s/%3$s.csv"},
                operation: {compressImages: {quality: %4$s, to: {uri: "file://%2$s/%3$s"}}}
                """.formatted(volume.write(name + "-list.csv", list), volume.path(), name, Integer.toString(quality))
                        + NETWORK
                        + volumes());
        run(job, Phase.COMPLETE);
    }

    /** A slice that begins within a quoted field takes its lines for records. */
    private void groupsAreSpilledAndAGuessIsWrong() throws Exception {
        StringBuilder rows = new StringBuilder("id,note\nquoted,\"\n" + "b,1\n".repeat(60_000) + "\"\n");
        for (int row = 0; row < 100_000; row++) {
            rows.append("key ").append(row).append(",1\n");
        }
        FileJobResource job = namespace.create(
                "groups", """
                input: {files: ["%s"], sliceBytes: 64Ki}, workers: 1, output: {uri: "file://%2$s/groups.csv"},
                operation: {aggregate: {groupBy: [id], measures: [{function: count, as: rows}]}},
                store: {uri: "file://%2$s/store"}
                """.formatted(volume.write("groups-in.csv", rows.toString()), volume.path()) + volumes());
        run(job, Phase.COMPLETE);
    }
}
