package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.status.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job that cannot start reports the reason, and continues by itself when the obstacle is removed. */
final class NotStartingTest {
    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @Test
    void aQuotaForbidsPods() {
        kubectl("create", "quota", "none", "--hard=pods=0");
        Job job = sandbox.submit(Manifest.small("poor", 2));

        assertThat(job.awaitCondition("Running", "False", "QuotaExceeded").message())
                .contains("exceeded quota: none");
        assertThat(job.status().phase()).isEqualTo(Phase.PLANNED);

        kubectl("delete", "quota", "none");
        job.awaitResult();
    }

    @Test
    void noNodeFits() {
        String label = "filejob.io/" + sandbox.namespace();
        Job job = sandbox.submit(Manifest.small("picky", 1).with("spec.pod.nodeSelector", "{" + label + ": here}"));

        assertThat(job.awaitCondition("Running", "False", "Unschedulable").message())
                .contains("worker pods cannot be scheduled", "node affinity/selector");

        String node = Cluster.CLIENT
                .nodes()
                .list()
                .getItems()
                .getFirst()
                .getMetadata()
                .getName();
        kubectl("label", "node", node, label + "=here");
        try {
            job.awaitResult();
        } finally {
            kubectl("label", "node", node, label + "-");
        }
    }

    @Test
    void theServiceAccountIsMissing() {
        sandbox.expelWorkers();
        Job job = sandbox.submit(Manifest.small("stranger", 1));

        assertThat(job.awaitCondition("Running", "False", "ServiceAccountMissing")
                        .message())
                .contains("worker.namespaces", "\"filejob-worker\" not found");

        sandbox.admitWorkers();
        job.awaitResult();
    }

    private void kubectl(String... arguments) {
        Cluster.kubectl(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("-n", sandbox.namespace()),
                                java.util.stream.Stream.of(arguments))
                        .toArray(String[]::new))
                .ok();
    }
}
