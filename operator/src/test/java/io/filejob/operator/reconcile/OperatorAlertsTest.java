package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.cluster.ClusterNames;
import io.filejob.metrics.OperatorMetrics;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.testing.prometheus.PrometheusServer.ScrapeTarget;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Causes faults of the operator, and waits until a real Alertmanager has the alerts of a real Prometheus that scrapes it;
 * {@code AlertsTest} does the same for faults of jobs.
 */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
@Timeout(600)
final class OperatorAlertsTest {
    /** The limit of the alert about objects. */
    private static final int MANY = 1000;

    @Inject
    KubernetesClient client;

    @TestHTTPResource("/q/metrics")
    URL operator;

    @TempDir
    private Path folder;

    private final TestNamespace namespace = new TestNamespace();

    private List<ScrapeTarget> targets() {
        return List.of(new ScrapeTarget(
                "filejob", operator.getHost() + ":" + operator.getPort(), operator.getPath(), Map.of()));
    }

    /** The rules allow nine seconds without a reconciliation here, more than the usual pauses. */
    @Test
    void reconciliationsThatHangRaiseAnAlert() throws IOException {
        try (HangingWebhook _ = new HangingWebhook(client, namespace.name());
                Monitoring monitoring = new Monitoring(folder, targets(), 20, "")) {
            // The API server may learn of the webhook after the first Job.
            TestNamespace.soon("the alert").pollInterval(Duration.ofSeconds(5)).until(() -> {
                FileJobResource job = Jobs.job(1, 2);
                job.getMetadata().setName("hangs-" + Instant.now().toEpochMilli());
                namespace.create(job);
                return monitoring.fires("FileJobNotReconciled");
            });
        }
    }

    @Test
    void objectsWhoseNumberHasDoubledRaiseAnAlert() throws IOException {
        Map<String, String> maps = Map.of("kind", "ConfigMap");
        int before = (int) Scrape.now().sum(OperatorMetrics.OBJECTS.name(), maps);
        String history = history(before);
        IntStream.range(0, Math.max(MANY, before) + 2).parallel().forEach(number -> client.resource(
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName("left-" + number)
                                .withNamespace(namespace.name())
                                .addToLabels(ClusterNames.JOB_UID, Jobs.UID)
                                .endMetadata()
                                .build())
                .create());
        try (Monitoring monitoring = new Monitoring(folder, targets(), 60, history)) {
            TestNamespace.soon("the alert").until(() -> monitoring.fires("FileJobObjectGrowth"));
        } finally {
            client.configMaps()
                    .inNamespace(namespace.name())
                    .withLabel(ClusterNames.JOB_UID)
                    .delete();
            TestNamespace.soon("no objects of this test")
                    .until(() -> Scrape.now().sum(OperatorMetrics.OBJECTS.name(), maps) < MANY);
        }
    }

    /** Returns samples of a quarter of an hour with this number of ConfigMaps. */
    private static String history(int objects) {
        StringBuilder samples = new StringBuilder("# TYPE " + OperatorMetrics.OBJECTS.name() + " gauge\n");
        long now = Instant.now().getEpochSecond();
        for (long time = now - 900; time < now - 60; time += 15) {
            samples.append(String.format(
                    Locale.ROOT, "%s{kind=\"ConfigMap\"} %d %d\n", OperatorMetrics.OBJECTS.name(), objects, time));
        }
        return samples.append("# EOF\n").toString();
    }
}
