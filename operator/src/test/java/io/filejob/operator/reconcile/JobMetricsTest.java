package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.metrics.JobMetrics;
import io.filejob.metrics.MetricDefinition;
import io.filejob.metrics.OperatorMetrics;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The operator's metrics after real reconciliations of the work of real workers, by the namespace of each test. */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
@Timeout(300)
final class JobMetricsTest {
    @Inject
    KubernetesClient client;

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

    private FileJobResource create(String onBadRecord) {
        return namespace.create(Jobs.job("""
                {"workers": 1, "input": {"files": ["%1$s/*.csv"], "sliceBytes": 16}, "onBadRecord": "%2$s",
                 "operation": {"average": {"column": "price"}},
                 "volumes": [{"name": "data", "claimName": "prices", "mountPath": "%1$s"}]}
                """.formatted(volume.path(), onBadRecord)));
    }

    private double sum(MetricDefinition metric, String... labels) {
        return part(metric, "", labels);
    }

    private double part(MetricDefinition metric, String suffix, String... labels) {
        Map<String, String> all = new HashMap<>(Map.of(JobMetrics.NAMESPACE, namespace.name()));
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        return Scrape.now().sum(metric.name() + suffix, all);
    }

    @Test
    void aCompleteJobIsCountedWithItsSlicesRowsBytesAndTimes() throws Exception {
        Path a = volume.write("a.csv", "sku,price\n1,10\n2,20\n");
        Path b = volume.write("b.csv", "sku,price\n3,31.5\n4,none\n");
        FileJobResource job = create("skip");
        namespace.awaitChild(job, _ -> true);
        TestNamespace.soon("the job's own series")
                .until(() -> sum(JobMetrics.INFO, "name", "prices", JobMetrics.OPERATION, "average") == 1);
        assertThat(sum(JobMetrics.JOBS, "phase", "Pending")).isEqualTo(1);

        assertThat(PodProcess.run(client, namespace.name(), Names.base(job), 0)).isZero();

        FileJobStatus complete = namespace.awaitStatus(job, status -> status.phase() == Phase.COMPLETE);
        TestNamespace.soon("the end of the job").until(() -> sum(JobMetrics.FINISHED) == 1);
        int slices = Objects.requireNonNull(complete.slices()).total();
        assertThat(sum(JobMetrics.FINISHED, "outcome", "complete")).isEqualTo(1);
        assertThat(sum(JobMetrics.JOBS, "phase", "Complete")).isEqualTo(1);
        assertThat(sum(JobMetrics.JOBS)).isEqualTo(1);
        assertThat(sum(JobMetrics.INFO)).as("only unfinished jobs have series").isZero();
        assertThat(sum(JobMetrics.SLICES)).isEqualTo(slices);
        assertThat(sum(JobMetrics.ROWS, "outcome", "used")).isEqualTo(3);
        assertThat(sum(JobMetrics.ROWS, "outcome", "rejected")).isEqualTo(1);
        assertThat(sum(JobMetrics.BYTES)).isEqualTo((double) Files.size(a) + Files.size(b));
        assertThat(part(JobMetrics.DURATION, "_count", "outcome", "complete")).isEqualTo(1);
        assertThat(part(JobMetrics.DURATION, "_sum")).isBetween(0.1, 300.0);
        assertThat(part(JobMetrics.QUEUED, "_count")).isEqualTo(1);
        assertThat(part(JobMetrics.FIRST_SLICE, "_count")).isEqualTo(1);
        assertThat(sum(JobMetrics.WORK, "origin", "own")).isEqualTo(slices);
        assertThat(sum(JobMetrics.WORK, "origin", "stolen")).isZero();
        assertThat(part(JobMetrics.SLICE_SECONDS, "_count")).isEqualTo(slices);
        assertThat(part(JobMetrics.SLICE_SECONDS, "_sum")).isBetween(0.0001, 60.0);
        assertThat(sum(JobMetrics.LEDGER_WRITES)).isBetween(1.0, 100.0);
        assertThat(sum(JobMetrics.LEDGER_BYTES)).isBetween(100.0, 100_000.0);
        assertThat(sum(JobMetrics.DEATHS)).isZero();
    }

    @Test
    void slicesOfAnAbsentWorkerAreStolen() throws Exception {
        FileJobResource job = namespace.create(Jobs.job(2, 6));
        namespace.awaitChild(job, _ -> true);

        assertThat(PodProcess.run(client, namespace.name(), Names.base(job), 0)).isZero();

        namespace.awaitStatus(job, status -> status.phase() == Phase.COMPLETE);
        TestNamespace.soon("the reports").until(() -> sum(JobMetrics.WORK) == 6);
        assertThat(sum(JobMetrics.WORK, "origin", "own")).isEqualTo(3);
        assertThat(sum(JobMetrics.WORK, "origin", "stolen")).isEqualTo(3);
    }

    @Test
    void aFailedJobIsCountedByItsReason() throws Exception {
        volume.write("a.csv", "sku,price\n1,10\n2,none\n");
        FileJobResource job = create("fail");
        namespace.awaitChild(job, _ -> true);

        PodProcess.run(client, namespace.name(), Names.base(job), 0);

        namespace.awaitStatus(job, status -> status.phase() == Phase.FAILED);
        TestNamespace.soon("the end of the job").until(() -> sum(JobMetrics.FINISHED) == 1);
        assertThat(sum(JobMetrics.FAILURES, "reason", "BadInput")).isEqualTo(1);
        assertThat(part(JobMetrics.DURATION, "_count", "outcome", "failed")).isEqualTo(1);
    }

    @Test
    void deathsOfWorkersAreCountedByReason() {
        FileJobResource job = namespace.create(Jobs.job(4, 8));
        Job child = namespace.awaitChild(job, _ -> true);
        EndedPods.end(namespace, child, 137, "OOMKilled");
        EndedPods.end(namespace, child, 3, "Error");
        EndedPods.evict(namespace, child);
        EndedPods.end(namespace, child, 134, "Error");
        EndedPods.end(namespace, child, 143, "Error");

        TestNamespace.soon("the deaths").until(() -> sum(JobMetrics.DEATHS) == 4);
        assertThat(sum(JobMetrics.DEATHS, "reason", "OutOfMemory")).isEqualTo(2);
        assertThat(sum(JobMetrics.DEATHS, "reason", "Disrupted")).isEqualTo(1);
        assertThat(sum(JobMetrics.DEATHS, "reason", "Crashed")).isEqualTo(1);
        assertThat(part(JobMetrics.QUEUED, "_count")).as("a worker has started").isEqualTo(1);
    }

    @Test
    void everyMetricOfTheOperatorIsPublishedUnderItsName() {
        namespace.awaitChild(namespace.create(Jobs.job(1, 1)), _ -> true);
        TestNamespace.soon("all metrics that need no event").until(() -> {
            Scrape scrape = Scrape.now();
            // In tests there is no election of a leader, which alone has a canary.
            return OperatorMetrics.all().stream()
                    .filter(metric -> !metric.equals(OperatorMetrics.CANARY))
                    .flatMap(metric -> metric.seriesNames().stream())
                    .allMatch(scrape::has);
        });
        Scrape scrape = Scrape.now();
        assertThat(scrape.sum(OperatorMetrics.LEADER.name(), Map.of())).isZero();
        assertThat(scrape.sum(OperatorMetrics.OBJECTS.name(), Map.of("kind", "FileJob")))
                .isGreaterThanOrEqualTo(1);
        assertThat(scrape.sum(
                        OperatorMetrics.API.name(), Map.of("method", "PUT", "resource", "filejobs", "code", "200")))
                .as("writes of statuses")
                .isGreaterThanOrEqualTo(1);
        assertThat(scrape.sum(OperatorMetrics.RECONCILE.name() + "_count", Map.of("outcome", "done")))
                .isGreaterThanOrEqualTo(1);
    }
}
