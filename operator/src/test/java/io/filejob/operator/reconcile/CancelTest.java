package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A FileJob is stopped by an annotation, and continued by a redrive, against a real API server. */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class CancelTest {
    @Inject
    KubernetesClient client;

    private final TestNamespace namespace = new TestNamespace();

    @Test
    void aCancelledJobHasFailedWithoutPodsUntilARedrive() {
        FileJobResource job = namespace.create(Jobs.job(2, 4));
        Job first = namespace.awaitChild(job, child -> !child.getSpec().getSuspend());
        annotate(job, "\"filejob.io/cancel\": \"yes\"");
        FileJobStatus failed = namespace.awaitStatus(job, status -> status.phase() == Phase.FAILED);
        assertThat(failed.reason()).isEqualTo("Cancelled");
        namespace.awaitChild(job, child -> child.getSpec().getSuspend());

        annotate(job, "\"filejob.io/cancel\": null, \"filejob.io/redrive\": \"1\"");
        namespace.awaitChild(
                job,
                child ->
                        !child.getMetadata().getUid().equals(first.getMetadata().getUid())
                                && !child.getSpec().getSuspend());
        assertThat(namespace
                        .awaitStatus(job, status -> "1".equals(status.redrive()))
                        .phase())
                .isEqualTo(Phase.PLANNED);
    }

    private void annotate(FileJobResource job, String annotations) {
        client.resource(job)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {" + annotations + "}}}");
    }
}
