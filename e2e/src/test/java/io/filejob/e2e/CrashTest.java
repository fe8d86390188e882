package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.status.FileJobStatus;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** If any component is killed, the job still completes with the same result. */
final class CrashTest {
    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @Test
    @NeedsNode
    void workersAreKilled() {
        Job job = sandbox.submit(Manifest.large("killed", 3));
        job.awaitMidRun();

        // A killed pod may still be shown as running.
        Set<String> killed = new HashSet<>();
        for (int i = 1; i <= 3; i++) {
            String pod = Job.await("a worker to kill")
                    .until(
                            () -> job.runningPods().stream()
                                    .map(each -> each.getMetadata().getName())
                                    .filter(name -> !killed.contains(name))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
            killed.add(pod);
            Cluster.node("kill-container", sandbox.namespace(), pod).ok();
            int done = Job.done(job.status());
            job.await("progress after the death of " + pod, status -> Job.done(status) > done);
        }

        job.awaitResult();
        assertThat(job.pods()).as("workers and those that took their places").hasSizeGreaterThan(3);
    }

    @Test
    @NeedsNode
    void theApiServerIsKilled() {
        Job job = sandbox.submit(Manifest.large("alone", 3));
        job.awaitMidRun();
        Job.await("all workers at work").until(() -> job.runningPods().size() == 3);
        Set<String> workers = job.podNames();

        Cluster.node("restart-apiserver").ok();

        job.awaitResult();
        assertThat(workers).as("no worker had to be replaced").containsAll(job.podNames());
    }

    @Test
    void theOperatorIsDeleted() {
        Job job = sandbox.submit(Manifest.large("orphan", 3));
        FileJobStatus before = job.awaitMidRun();

        Operator.kill(Operator.leader().orElseThrow());

        FileJobStatus status = job.awaitResult();
        assertThat(status.startTime()).isEqualTo(before.startTime());
        assertThat(job.children()).hasSize(1);
        Operator.awaitReady(1);
    }

    @Test
    void theOperatorIsAwayWhenTheWorkersFinish() {
        Job job = sandbox.submit(Manifest.large("unseen", 3));
        job.awaitMidRun();
        Operator.scaleTo(0);
        try {
            Job.await("the Job is complete").until(() -> job.child().getStatus().getConditions().stream()
                    .anyMatch(condition -> condition.getType().equals("Complete")
                            && condition.getStatus().equals("True")));
            assertThat(job.status().result()).as("nobody has merged").isNull();
        } finally {
            Operator.scaleTo(1);
        }

        job.awaitResult();
    }

    @Test
    void oneOfTwoOperatorsTakesOver() {
        Operator.scaleTo(2);
        try {
            Job job = sandbox.submit(Manifest.large("inherited", 2));
            job.awaitMidRun();
            String leader = Job.await("a leader")
                    .until(Operator::leader, java.util.Optional::isPresent)
                    .orElseThrow();

            Operator.kill(leader);

            Job.await("another leader")
                    .until(() ->
                            Operator.leader().filter(now -> !now.equals(leader)).isPresent());
            job.awaitResult();
            assertThat(job.children()).hasSize(1);
        } finally {
            Operator.scaleTo(1);
        }
    }
}
