package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.metrics.JobMetrics;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.status.Phase;
import io.filejob.testing.prometheus.DashboardQueries;
import io.filejob.testing.prometheus.PrometheusServer;
import io.filejob.testing.prometheus.PrometheusServer.ScrapeTarget;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executes the query of every panel in a real Prometheus that scrapes the operator and a worker while jobs run, complete
 * and fail, and checks that the values are of the panel's unit and of a plausible magnitude.
 */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
@Timeout(600)
final class PanelsTest {
    private static final Path DASHBOARDS = Monitoring.ROOT.resolve("observability/dashboards");
    /** Their data are those of images and databases, which the test has not. */
    private static final Set<String> OTHER_OPERATIONS =
            Set.of("Images", "Bytes of images", "Rows of tables", "Age of the canary");

    @Inject
    KubernetesClient client;

    @TestHTTPResource("/q/metrics")
    URL operator;

    @TempDir
    private Path folder;

    private final TestNamespace namespace = new TestNamespace();
    private TestVolume volume;

    @BeforeEach
    void start() throws IOException {
        PodProcess.admit(client, namespace.name());
        volume = new TestVolume();
    }

    @AfterEach
    void clean() throws IOException {
        volume.close();
    }

    private FileJobResource create(String name, String text) throws IOException {
        Path file = volume.write(name + ".csv", text);
        FileJobResource job = Jobs.job("""
                {"workers": 1, "input": {"files": ["%1$s"], "sliceBytes": 16}, "onBadRecord": "skip",
                 "tolerated": {"records": 1}, "operation": {"average": {"column": "price"}},
                 "callback": {"url": "https://receiver.example/hook", "secret": {"name": "hook"}},
                 "volumes": [{"name": "data", "claimName": "prices", "mountPath": "%2$s"}]}
                """.formatted(file, volume.path()));
        job.getMetadata().setName(name);
        return namespace.create(job);
    }

    @Test
    void everyPanelShowsDataOfItsUnit() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        List<ScrapeTarget> targets = List.of(
                new ScrapeTarget(
                        "filejob", operator.getHost() + ":" + operator.getPort(), operator.getPath(), Map.of()),
                new ScrapeTarget(
                        "workers",
                        "127.0.0.1:" + port,
                        "/metrics",
                        Map.of("namespace", namespace.name(), "filejob", "long")));
        Process worker = null;
        try (Monitoring monitoring = new Monitoring(folder, targets)) {
            FileJobResource running = Jobs.job("""
                    {"workers": 2, "input": {"generate": {"files": 100000, "entriesPerFile": 1000000, "filesPerSlice": 1}},
                     "operation": {"average": {}}}
                    """);
            running.getMetadata().setName("long");
            running = namespace.create(running);
            Job child = namespace.awaitChild(running, _ -> true);
            EndedPods.end(namespace, child, 137, "OOMKilled");
            worker =
                    PodProcess.start(client, namespace.name(), Names.base(running), 0, UUID.randomUUID(), port, folder);
            FileJobResource first = create("first", "sku,price\n1,10\n2,20\n");
            namespace.awaitChild(first, _ -> true);
            awaitSeries(monitoring.prometheus, JobMetrics.ROWS.name());
            assertThat(PodProcess.run(client, namespace.name(), Names.base(first), 0))
                    .isZero();
            namespace.awaitStatus(first, status -> status.phase() == Phase.COMPLETE);
            awaitSeries(monitoring.prometheus, JobMetrics.DURATION.name() + "_count");
            // Rates need series that grow.
            FileJobResource second = create("second", "sku,price\n1,10\n2,20\n");
            namespace.awaitChild(second, _ -> true);
            assertThat(PodProcess.run(client, namespace.name(), Names.base(second), 0))
                    .isZero();
            namespace.awaitStatus(second, status -> status.phase() == Phase.COMPLETE);
            FileJobResource bad = create("bad", "sku,price\n1,10\n2,none\n3,none\n");
            namespace.awaitChild(bad, _ -> true);
            PodProcess.run(client, namespace.name(), Names.base(bad), 0);
            namespace.awaitStatus(bad, status -> status.phase() == Phase.FAILED);
            awaitSeries(monitoring.prometheus, "filejob_job_info");
            awaitSeries(monitoring.prometheus, "filejob_worker_slice_seconds_count > 0");
            Process checked = worker;
            TestNamespace.soon("data of all panels").untilAsserted(() -> {
                assertThat(checked.isAlive()).as("the worker of the long job").isTrue();
                for (String name : List.of("filejob-jobs", "filejob-job", "filejob-operator")) {
                    assertThat(DashboardQueries.problems(
                                    monitoring.prometheus,
                                    DASHBOARDS.resolve(name + ".json"),
                                    Map.of("$namespace", namespace.name(), "$name", "long"),
                                    OTHER_OPERATIONS))
                            .isEmpty();
                }
            });
        } finally {
            if (worker != null) {
                worker.destroyForcibly().waitFor();
            }
        }
    }

    private void awaitSeries(PrometheusServer prometheus, String name) {
        String expression = name.contains(" ") ? name : name + "{namespace=\"" + namespace.name() + "\"}";
        TestNamespace.soon("the series " + name)
                .until(() -> !prometheus.query(expression).isEmpty());
    }
}
