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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Causes faults, and waits until a real Alertmanager has the alerts of a real Prometheus that scrapes the operator. All
 * times of the rules are divided by 60.
 */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
@Timeout(600)
final class AlertsTest {
    private static final String CALLBACK =
            ", \"callback\": {\"url\": \"https://receiver.example/hook\", \"secret\": {\"name\": \"hook\"}}";

    @Inject
    KubernetesClient client;

    @TestHTTPResource("/q/metrics")
    URL operator;

    @TempDir
    private Path folder;

    private final TestNamespace namespace = new TestNamespace();

    private Monitoring monitoring() throws IOException {
        return new Monitoring(
                folder,
                List.of(new ScrapeTarget(
                        "filejob", operator.getHost() + ":" + operator.getPort(), operator.getPath(), Map.of())));
    }

    /** Scrapes a port on which nobody listens. */
    private Monitoring monitoringOfNobody() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        return new Monitoring(
                folder.resolve("nobody"),
                List.of(new ScrapeTarget("filejob", "127.0.0.1:" + closed, "/q/metrics", Map.of())));
    }

    private static void awaitAlert(Monitoring monitoring, String name) {
        TestNamespace.soon("the alert " + name).until(() -> monitoring.fires(name));
    }

    /** Waits until the series has been scraped, so that its growth is seen. */
    private void awaitSeries(PrometheusServer prometheus, String name) {
        TestNamespace.soon("the series " + name).until(() -> !prometheus
                .query(name + "{namespace=\"" + namespace.name() + "\"}")
                .isEmpty());
    }

    /** Creates a job with an input that pods cannot reach, so that it fails at once. */
    private FileJobResource createFailing(String name, String callback) {
        FileJobResource job = Jobs.job(
                "{\"input\": {\"files\": [\"prices.csv\"]}, \"operation\": {\"average\": {\"column\": \"price\"}}"
                        + callback + "}");
        job.getMetadata().setName(name);
        return namespace.create(job);
    }

    private FileJobResource createGenerated(String name) {
        FileJobResource job = Jobs.job(2, 8);
        job.getMetadata().setName(name);
        return namespace.create(job);
    }

    /** The faults are caused at the same time, since most of the time passes until the rules hold. */
    @Test
    void faultsOfJobsAndAnOperatorThatDoesNotRespondRaiseAlerts() throws IOException {
        try (Monitoring ofNobody = monitoringOfNobody();
                Monitoring monitoring = monitoring()) {
            createGenerated("waits");
            EndedPods.start(namespace, namespace.awaitChild(createGenerated("stuck"), _ -> true));
            awaitSeries(monitoring.prometheus, JobMetrics.DEATHS.name());
            loseWorkers();
            createFailing("first", CALLBACK);
            awaitSeries(monitoring.prometheus, JobMetrics.FINISHED.name());
            awaitSeries(monitoring.prometheus, JobMetrics.CALLBACKS.name());
            failWithCallbacks();

            for (String alert : List.of(
                    "FileJobWorkersOutOfMemory",
                    "FileJobsFailing",
                    "FileJobCallbacksFailing",
                    "FileJobWaiting",
                    "FileJobStuck")) {
                awaitAlert(monitoring, alert);
            }
            awaitAlert(ofNobody, "FileJobNoLeader");
            // Jobs of other tests may have raised alerts of the same names before.
            TestNamespace.soon("the alerts of this namespace").untilAsserted(() -> {
                List<Map<String, String>> alerts = monitoring.alertmanager.alerts();
                assertThat(alerts)
                        .filteredOn(labels -> isHere(labels, "FileJobsFailing"))
                        .anySatisfy(labels -> assertThat(labels)
                                .containsEntry("operation", "average")
                                .containsEntry("severity", "warning"));
                assertThat(alerts)
                        .filteredOn(labels -> isHere(labels, "FileJobWaiting"))
                        .extracting(labels -> labels.get("name"))
                        .containsExactly("waits");
                assertThat(alerts)
                        .filteredOn(labels -> isHere(labels, "FileJobStuck"))
                        .extracting(labels -> labels.get("name"))
                        .contains("stuck")
                        .doesNotContain("waits");
            });
        }
    }

    private boolean isHere(Map<String, String> labels, String alert) {
        return alert.equals(labels.get("alertname")) && namespace.name().equals(labels.get("namespace"));
    }

    private void loseWorkers() {
        Job child = namespace.awaitChild(createGenerated("large"), _ -> true);
        EndedPods.end(namespace, child, 137, "OOMKilled");
        EndedPods.end(namespace, child, 3, "Error");
    }

    /** Creates jobs that fail, and whose receiver does not accept the callback. */
    private void failWithCallbacks() {
        List<FileJobResource> failing = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            failing.add(createFailing("failing-" + i, CALLBACK));
        }
        failing.forEach(job -> namespace.awaitStatus(job, status -> status.phase() == Phase.FAILED));
        for (FileJobResource job : failing) {
            Job attempt = TestNamespace.soon("the attempt")
                    .until(
                            () -> client.batch()
                                    .v1()
                                    .jobs()
                                    .inNamespace(namespace.name())
                                    .withName(Names.base(job) + "-callback-1")
                                    .get(),
                            Objects::nonNull);
            EndedPods.end(namespace, attempt, 1, "Error");
        }
    }

    @Test
    void reconciliationsThatFailRaiseAnAlert() throws IOException {
        Refusal refusal = Refusal.ofJobs(client, namespace.name());
        try (Monitoring monitoring = monitoring()) {
            // Pauses between retries grow, so new jobs keep the share of errors above the limit.
            List<FileJobResource> created = new ArrayList<>();
            TestNamespace.soon("the alert").until(() -> {
                created.add(createGenerated("refused-" + created.size()));
                return monitoring.fires("FileJobReconcileErrors");
            });
        } finally {
            refusal.lift();
        }
    }
}
