package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job in a Kueue queue runs only when, as long and as wide as Kueue decides; the tests use the real Kueue. */
@NeedsNode
final class KueueTest {
    private static final String QUEUE = "kueue.x-k8s.io/queue-name";
    private static final String LABEL = "metadata.labels.[" + QUEUE + "]";
    private static final String MIN = "metadata.annotations.[kueue.x-k8s.io/job-min-parallelism]";

    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @BeforeAll
    static void start() {
        Kueue.start();
    }

    @AfterAll
    static void stop() {
        Kueue.stop();
    }

    @AfterEach
    void removeQueue() {
        Cluster.kubectl("delete", "clusterqueue", sandbox.namespace(), "--ignore-not-found", "--wait=false")
                .ok();
    }

    private static void awaitSuspended(Job job) {
        Job.await("the Job is suspended").until(() -> job.child().getSpec().getSuspend());
        Job.await("no pods").until(() -> job.pods().isEmpty());
    }

    @Test
    void theQueueDecidesWhenAndHowWide() {
        Kueue queue = Kueue.queue("team", sandbox.namespace());
        Job job = sandbox.submit(Manifest.large("queued", 3).with(LABEL, "team").with(MIN, "'1'"));

        job.awaitPhase(Phase.SUSPENDED);
        assertThat(job.awaitCondition("Suspended", "True", "WaitingForAdmission")
                        .message())
                .contains("queue");
        assertThat(job.child().getMetadata().getLabels()).containsEntry(QUEUE, "team");
        assertThat(job.pods()).isEmpty();

        job.scale(4);
        Job.await("the Job is as wide as asked for")
                .until(() -> job.child().getSpec().getParallelism() == 4
                        && job.child().getSpec().getCompletions() == 4);
        queue.open();

        job.awaitMidRun();
        assertThat(job.child().getSpec().getParallelism())
                .as("there is room for two")
                .isEqualTo(2);
        job.scale(3);
        job.awaitResult();
        assertThat(job.child().getSpec().getParallelism()).isEqualTo(2);
    }

    @Test
    void suspendingAnAdmittedJobIsLeftToKueue() {
        Kueue queue = Kueue.queue("team", sandbox.namespace());
        queue.open();
        Job job = sandbox.submit(Manifest.large("paused", 2).with(LABEL, "team"));
        job.awaitMidRun();

        job.patchSpec("{\"suspend\": true}");

        job.awaitPhase(Phase.SUSPENDED);
        awaitSuspended(job);
        assertThat(queue.isActive()).isFalse();

        job.patchSpec("{\"suspend\": false}");

        Job.await("Kueue may admit it").until(queue::isActive);
        job.awaitResult();
    }

    @Test
    void aJobThatIsSuspendedFromTheStartIsNotAdmitted() {
        Kueue queue = Kueue.queue("team", sandbox.namespace());
        queue.open();
        Job job = sandbox.submit(Manifest.small("later", 2).with(LABEL, "team").with("spec.suspend", "true"));
        job.awaitPhase(Phase.SUSPENDED);

        assertThat(job.children()).isEmpty();
        assertThat(queue.workloads()).isEmpty();

        job.patchSpec("{\"suspend\": false}");
        FileJobStatus status = job.await("Complete", now -> now.phase() == Phase.COMPLETE);
        assertThat(Outcome.of(status))
                .isEqualTo(Outcome.ofLocalRun(Manifest.small("later", 2).yaml()));
    }

    @Test
    void aQueueThatAdmissionHasChosenDecidesToo() {
        Kueue queue = Kueue.queue("default", sandbox.namespace());
        Job job = sandbox.submit(Manifest.small("by-default", 2));

        job.awaitCondition("Suspended", "True", "WaitingForAdmission");
        assertThat(job.child().getMetadata().getLabels()).containsEntry(QUEUE, "default");
        job.scale(1);
        Job.await("the Job is as wide as asked for")
                .until(() -> job.child().getSpec().getParallelism() == 1);
        assertThat(job.child().getSpec().getSuspend()).isTrue();
        assertThat(job.pods()).isEmpty();

        queue.open();
        job.awaitResult();
    }

    @Test
    void theQueueIsFixedOncePlanned() {
        Kueue.queue("team", sandbox.namespace());
        Job job = sandbox.submit(Manifest.small("fixed", 2).with(LABEL, "team"));
        job.awaitPhase(Phase.SUSPENDED);

        Command.Result refused =
                Cluster.kubectl("label", "filejob/fixed", QUEUE + "=other", "--overwrite", "-n", sandbox.namespace());

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains(QUEUE, "fixed once the job is planned");
        job.delete();
        job.awaitNothingLeft();
    }
}
