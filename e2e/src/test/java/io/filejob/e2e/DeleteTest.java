package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.status.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All objects of a FileJob are deleted with it, at any time. */
final class DeleteTest {
    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @Test
    void aRunningJobLeavesNothing() {
        Job job = sandbox.submit(Manifest.large("running", 3));
        job.awaitMidRun();
        assertThat(job.ledgers()).isNotEmpty();

        job.delete();

        job.awaitNothingLeft();
    }

    @Test
    void aNamespaceGoesWithItsRunningJob() {
        Job job = sandbox.submit(Manifest.large("homeless", 2));
        job.awaitMidRun();

        Cluster.kubectl("delete", "namespace", sandbox.namespace(), "--wait=false")
                .ok();

        Job.await("no namespace")
                .until(() -> Cluster.CLIENT
                                .namespaces()
                                .withName(sandbox.namespace())
                                .get()
                        == null);
    }

    @Test
    void aJobThatIsOnlyPlannedLeavesNothing() {
        Job job = sandbox.submit(Manifest.small("planned", 2).with("spec.pod.nodeSelector", "{nowhere: 'true'}"));
        job.awaitPhase(Phase.PLANNED);
        assertThat(job.child().getMetadata().getName()).startsWith("planned-");

        job.delete();

        job.awaitNothingLeft();
    }

    @Test
    void aSuspendedJobLeavesNothing() {
        Job job = sandbox.submit(Manifest.small("suspended", 2).with("spec.suspend", "true"));
        job.awaitPhase(Phase.SUSPENDED);

        job.delete();

        job.awaitNothingLeft();
    }

    @Test
    void aCompleteJobLeavesNothing() {
        Job job = sandbox.submit(Manifest.small("complete", 2));
        job.awaitResult();
        Job.await("no ledgers, once they are merged").until(() -> job.ledgers().isEmpty());

        job.delete();

        job.awaitNothingLeft();
    }

    @Test
    void aNamesakeStartsAnew() {
        Job first = sandbox.submit(Manifest.large("twice", 3));
        first.awaitMidRun();

        first.delete();
        Job second = sandbox.submit(Manifest.small("twice", 2).with("spec.input.generate.seed", "8"));

        second.awaitResult();
        assertThat(second.uid()).isNotEqualTo(first.uid());
        first.awaitNothingLeft();
    }

    @Test
    void aJobGoesByItselfAfterItsTime() {
        Job job = sandbox.submit(Manifest.small("passing", 1).with("spec.ttlSecondsAfterFinished", "1"));

        job.awaitNothingLeft();
    }
}
