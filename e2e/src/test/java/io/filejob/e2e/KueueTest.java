package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.filejob.model.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job in a queue starts when its queue says so, which here is the test. */
final class KueueTest {
    private static final String QUEUE = "kueue.x-k8s.io/queue-name";

    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @Test
    void theQueueDecidesWhenAndHowWide() {
        Job job = sandbox.submit(Manifest.large("queued", 3).with("metadata.labels.[" + QUEUE + "]", "team"));

        job.awaitPhase(Phase.SUSPENDED);
        assertThat(job.awaitCondition("Suspended", "True", "WaitingForAdmission")
                        .message())
                .contains("queue");
        assertThat(job.child().getMetadata().getLabels()).containsEntry(QUEUE, "team");
        assertThat(job.child().getSpec().getSuspend()).isTrue();
        assertThat(job.pods()).isEmpty();

        Cluster.CLIENT
                .resource(job.child())
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"suspend\": false, \"parallelism\": 2}}");

        job.awaitMidRun();
        assertThat(job.child().getSpec().getParallelism())
                .as("two were admitted")
                .isEqualTo(2);
        job.awaitResult();
        assertThat(job.child().getSpec().getParallelism()).isEqualTo(2);
    }
}
