package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The load of a job on the API server grows with workers and time, not with slices. */
final class WritesTest {
    private static final int WORKERS = 4;

    private static final int SLICES = 1_000;

    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @Test
    void workersAndOperatorWriteOnceASecondAndWorkerAtMost() {
        try (Traffic traffic = new Traffic(sandbox.namespace())) {
            Job job = sandbox.submit(Manifest.average("writes", WORKERS, SLICES, 2_000_000));
            FileJobStatus status = job.awaitPhase(Phase.COMPLETE);

            Duration time = Duration.between(
                    Instant.parse(Objects.requireNonNull(status.startTime())),
                    Instant.parse(Objects.requireNonNull(status.completionTime())));
            Map<String, Integer> writes = traffic.writes();
            int all = writes.values().stream().mapToInt(Integer::intValue).sum();
            System.out.printf(
                    "writes of one job of %,d slices and %d workers in %d s: %d %s%n",
                    SLICES, WORKERS, time.toSeconds(), all, writes);
            long limit = 3 * WORKERS + time.toSeconds() * WORKERS + 20;
            assertThat(limit).as("a write a slice would be more").isLessThan(SLICES);
            assertThat((long) all).isLessThanOrEqualTo(limit);
        }
    }
}
