package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.metrics.JobMetrics;
import io.filejob.metrics.OperatorMetrics;
import io.filejob.operator.BareApiServer;
import io.filejob.testing.prometheus.DashboardQueries;
import io.filejob.testing.prometheus.DocumentedMetrics;
import io.filejob.testing.prometheus.PrometheusServer;
import io.filejob.testing.prometheus.PrometheusServer.ScrapeTarget;
import io.filejob.testing.prometheus.ScrapedMetrics;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every documented metric of FileJobs and of the operator has data in a real Prometheus that scrapes the packaged operator
 * and a worker during jobs of all operations, whose services fail once. So has every panel of the dashboards, with values of
 * its unit and of a plausible magnitude. Meanwhile an alert tells that the canary cannot be changed.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class EveryMetricIT {
    @RegisterExtension
    static final BareApiServer SERVER = new BareApiServer();

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String LOOPBACK = "127.0.0.1";

    @TempDir
    private static Path folder;

    private static KubernetesClient client;
    private static PodNamespace namespace;
    private static OperatorProcess operator;
    private static Monitoring monitoring;
    private static MeasuredJobs jobs;

    /** From the start on, the operator cannot create its canary. All times of the rules are divided by 3. */
    @BeforeAll
    static void servers() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        client = SERVER.client();
        namespace = new PodNamespace(client, folder);
        Refusal.ofFileJobs(client, "filejob-system");
        operator = new OperatorProcess(
                client.getConfiguration(), folder.resolve("operator.log"), Map.of("FILEJOB_ALLOW_PRIVATE", LOOPBACK));
        monitoring = new Monitoring(
                folder,
                List.of(
                        new ScrapeTarget("filejob", LOOPBACK + ":" + operator.port(), "/q/metrics", Map.of()),
                        new ScrapeTarget(
                                "workers",
                                LOOPBACK + ":" + port,
                                "/metrics",
                                Map.of("namespace", namespace.name(), "filejob", MeasuredJobs.LONG))),
                3,
                "");
        jobs = new MeasuredJobs(client, namespace, port, folder);
    }

    @AfterAll
    static void end() throws IOException {
        jobs.close();
        monitoring.close();
        operator.close();
    }

    @Test
    @Order(1)
    void everyDocumentedMetricAndEveryPanelHasData() throws Exception {
        PrometheusServer prometheus = monitoring.prometheus;
        jobs.run(prometheus);
        TestNamespace.soon("a scrape during a reconciliation")
                .pollInterval(Duration.ofMillis(1))
                .until(() ->
                        ScrapedMetrics.parse(operator.get("/q/metrics")).sum(OperatorMetrics.RECONCILING.name()) > 0);
        TestNamespace.soon("data of all metrics").untilAsserted(() -> {
            assertThat(DocumentedMetrics.series(ROOT, "FileJobs", "The operator"))
                    .filteredOn(name -> !isSeenOtherwise(name))
                    .allSatisfy(name -> assertHasData(prometheus, name));
            checkCounts(prometheus);
        });
        TestNamespace.soon("data of all panels").untilAsserted(() -> {
            jobs.runAnother();
            jobs.checkWorker();
            for (String name : List.of("filejob-jobs", "filejob-job", "filejob-operator")) {
                assertThat(DashboardQueries.problems(
                                prometheus,
                                ROOT.resolve("observability/dashboards/" + name + ".json"),
                                Map.of("$namespace", namespace.name(), "$name", MeasuredJobs.LONG),
                                Set.of()))
                        .isEmpty();
            }
        });
    }

    /** The jobs run in the meantime, since the age of the canary must grow for 40 seconds and stay for 20. */
    @Test
    @Order(2)
    void aCanaryThatCannotBeChangedRaisesAnAlert() {
        TestNamespace.soon("the alert").until(() -> monitoring.fires("FileJobCanaryLate"));
    }

    /** Reconciliations are too short for Prometheus, and {@code CalledJobTest} sees a job that waits for memory. */
    private static boolean isSeenOtherwise(String name) {
        return name.equals(OperatorMetrics.RECONCILING.name()) || name.equals(OperatorMetrics.WAITING.name());
    }

    private static void assertHasData(PrometheusServer prometheus, String series) {
        assertThat(prometheus.query("max_over_time(" + series + "[30m]) > 0"))
                .as(series)
                .isNotEmpty();
    }

    private void checkCounts(PrometheusServer prometheus) {
        assertCount(prometheus, JobMetrics.CALLBACKS.name() + "{outcome=\"Delivered\"}", 1);
        assertCount(prometheus, JobMetrics.IMAGES.name() + "{outcome=\"compressed\"}", 2);
        assertCount(prometheus, JobMetrics.IMAGES.name() + "{outcome=\"failed\"}", 1);
        assertCount(prometheus, JobMetrics.IMAGES.name() + "{outcome=\"kept\"}", 1);
        assertHasData(prometheus, JobMetrics.IMAGE_BYTES.name() + "{direction=\"in\"}");
        assertHasData(prometheus, JobMetrics.IMAGE_BYTES.name() + "{direction=\"out\"}");
        for (String outcome : List.of("inserted", "updated", "unchanged", "superseded")) {
            assertCount(prometheus, JobMetrics.TABLE_ROWS.name() + "{outcome=\"" + outcome + "\"}", 1);
        }
        for (String service : List.of("http", "image", "database", "apiServer")) {
            assertHasData(prometheus, JobMetrics.RETRIES.name() + "{service=\"" + service + "\"}");
        }
        for (String origin : List.of("own", "stolen", "repeated")) {
            assertHasData(prometheus, JobMetrics.WORK.name() + "{origin=\"" + origin + "\"}");
        }
    }

    private void assertCount(PrometheusServer prometheus, String series, double expected) {
        assertThat(prometheus.query(series))
                .as(series)
                .extracting(PrometheusServer.SampleValue::value)
                .containsExactly(expected);
    }
}
