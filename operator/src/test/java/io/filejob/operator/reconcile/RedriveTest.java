package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.LedgerConfigMap;
import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.SliceResult;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.status.FileJobStatus;
import io.filejob.status.JobResult;
import io.filejob.status.Phase;
import io.filejob.status.RowCounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A failed FileJob is continued after an annotation, against a real API server and with real workers. */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class RedriveTest {
    private static final String ATTEMPT = "0123456789abcdef";

    @Inject
    KubernetesClient client;

    private final TestNamespace namespace = new TestNamespace();

    @Test
    void aFailedJobGoesOnWithItsLedgersAndACompleteOneRefuses() throws Exception {
        PodProcess.admit(client, namespace.name());
        FileJobResource job = namespace.create(Jobs.job(1, 4));
        Job first = namespace.awaitChild(job, _ -> true);
        finishSlices(job, 3);
        fail(first);
        namespace.awaitStatus(job, status -> status.phase() == Phase.FAILED);

        redrive(job, "1");
        namespace.awaitChild(job, child -> !child.getMetadata()
                .getUid()
                .equals(first.getMetadata().getUid()));
        FileJobStatus begun = namespace.awaitStatus(job, status -> "1".equals(status.redrive()));
        assertThat(begun.phase()).isEqualTo(Phase.PLANNED);
        assertThat(TestNamespace.condition(begun, "Finished").status()).isEqualTo("False");
        assertThat(Objects.requireNonNull(begun.slices()).done()).isEqualTo(3);

        assertThat(PodProcess.run(client, namespace.name(), Names.base(job), 0)).isZero();
        FileJobStatus complete = namespace.awaitStatus(job, status -> status.phase() == Phase.COMPLETE);
        assertThat(complete.redrive()).isEqualTo("1");
        assertThat(complete.rows()).isEqualTo(new RowCounts(8, 8, 0));
        assertThat(TestNamespace.condition(complete, "Failed").status()).isEqualTo("False");
        // The slices of the first ledger are exact zeros, which no generated file is.
        assertThat(Objects.requireNonNull(complete.result())).isNotEqualTo(JobResult.ofAverage("0"));

        redrive(job, "2");
        assertThat(namespace.awaitReason(job, "Redriven", "NothingFailed").message())
                .isEqualTo("the job is complete, and no part of it has failed");
        assertThat(namespace
                        .awaitStatus(job, status -> "2".equals(status.redrive()))
                        .phase())
                .isEqualTo(Phase.COMPLETE);
    }

    /** Writes the ledger of a worker with the first {@code slices} slices. */
    private void finishSlices(FileJobResource job, int slices) {
        String fingerprint = TestNamespace.soon("the plan")
                .until(
                        () -> client.configMaps()
                                .inNamespace(namespace.name())
                                .withName(Names.base(job))
                                .get(),
                        Objects::nonNull)
                .getMetadata()
                .getAnnotations()
                .get(ClusterNames.FINGERPRINT);
        List<SliceResult> results = IntStream.range(0, slices)
                .mapToObj(slice -> SliceResult.builder(slice, slice, slice + 1, new AveragePartial("0", 2))
                        .rows(new RowCounts(2, 2, 0))
                        .build())
                .toList();
        byte[] packed = LedgerConfigMap.encode(new Ledger(Objects.requireNonNull(fingerprint), 0, ATTEMPT, results));
        client.resource(namespace
                        .owned(job, ClusterNames.ledger(Names.base(job), 0, ATTEMPT), ClusterNames.ROLE_LEDGER)
                        .editMetadata()
                        .addToAnnotations(ClusterNames.WORKER, "0")
                        .addToAnnotations(ClusterNames.ATTEMPT, ATTEMPT)
                        .addToAnnotations(ClusterNames.FINGERPRINT, fingerprint)
                        .addToAnnotations(ClusterNames.DONE, "0-" + (slices - 1))
                        .endMetadata()
                        .addToBinaryData(
                                ClusterNames.LEDGER_KEY, Base64.getEncoder().encodeToString(packed))
                        .build())
                .create();
        namespace.awaitStatus(
                job, status -> status.slices() != null && status.slices().done() == slices);
    }

    private void fail(Job child) {
        child.setStatus(new JobStatusBuilder()
                .withStartTime("2026-01-01T00:00:00Z")
                .addNewCondition()
                .withType("FailureTarget")
                .withStatus("True")
                .withReason("DeadlineExceeded")
                .endCondition()
                .addNewCondition()
                .withType("Failed")
                .withStatus("True")
                .withReason("DeadlineExceeded")
                .endCondition()
                .build());
        client.resource(child).updateStatus();
    }

    private void redrive(FileJobResource job, String value) {
        client.resource(job)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"filejob.io/redrive\": \"" + value + "\"}}}");
    }
}
