package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.status.Phase;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The number of workers can change while a job runs, and finished slices stay finished. */
final class ScaleTest {
    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @Test
    void aJobIsScaledUpAndDownWhileItRuns() {
        Job job = sandbox.submit(Manifest.large("scaled", 1));
        job.awaitMidRun();

        job.scale(4);
        awaitWidth(job, 4);
        Job.await("four pods at work").until(() -> job.runningPods().size() == 4);
        int done = Job.done(job.status());

        job.scale(2);
        awaitWidth(job, 2);
        Job.await("two pods at work").until(() -> job.runningPods().size() == 2);
        assertThat(Job.done(job.status())).isGreaterThanOrEqualTo(done);
        assertThat(job.status().phase()).as("there was still something to do").isEqualTo(Phase.RUNNING);

        job.awaitResult();
        assertThat(job.children()).hasSize(1);
    }

    private static void awaitWidth(Job job, int workers) {
        Job.await(workers + " workers asked for").until(() -> {
            var spec = job.child().getSpec();
            return spec.getParallelism() == workers && spec.getCompletions() == workers;
        });
    }

    @Test
    void aSuspendedJobKeepsWhatItHasDoneAndGoesOnFromThere() {
        Job job = sandbox.submit(Manifest.large("suspended", 3));
        job.awaitDone(20);

        job.patchSpec("{\"suspend\": true}");
        job.awaitPhase(Phase.SUSPENDED);
        Job.await("no pods").until(() -> job.pods().isEmpty());
        BitSet before = Ledgers.union(job.ledgers());
        assertThat(before.cardinality()).isGreaterThanOrEqualTo(20);
        job.await("all of the ledgers is counted", status -> Job.done(status) == before.cardinality());

        try (Traffic traffic = new Traffic(sandbox.namespace())) {
            job.patchSpec("{\"suspend\": false}");
            job.awaitResult();

            BitSet again = new BitSet();
            int[] all = {0};
            traffic.lastLedgers().forEach(ledger -> {
                BitSet done = Ledgers.done(ledger);
                all[0] += done.cardinality();
                if (traffic.isNew(ledger)) {
                    done.and(before);
                    again.or(done);
                }
            });
            assertThat(again).as("slices done before and again after").isEqualTo(new BitSet());
            int total = Job.total(job.status());
            assertThat(all[0]).as("slices in all ledgers").isBetween(total, total + total / 10);
        }
    }
}
