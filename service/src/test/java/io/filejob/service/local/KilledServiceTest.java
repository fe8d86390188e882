package io.filejob.service.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.filejob.api.FileJob;
import io.filejob.service.job.JobName;
import io.filejob.service.job.JobQuery;
import io.filejob.service.job.WorkerProgress;
import io.filejob.status.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KilledServiceTest {
    @TempDir
    Path data;

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    private Process start(HeldInput input) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocalJobsProcess.class.getName(),
                        data.toString(),
                        input.free(),
                        input.held())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void theNextServiceContinuesTheJobsOfAKilledOneAndRepeatsNothing() throws Exception {
        HeldInput input = new HeldInput();
        Process killed = start(input);
        String first;
        String second;
        List<ProcessHandle> children;
        List<WorkerProgress> before;
        try (BufferedReader names = killed.inputReader()) {
            first = names.readLine();
            second = names.readLine();
            Path ledgers = data.resolve("jobs").resolve(first).resolve("store");
            until(() -> Files.isDirectory(ledgers)
                    && new WorkerLedgers().progress(ledgers, 2, null).stream().anyMatch(worker -> worker.slices() > 0));
            assertThatThrownBy(() -> LocalJobsOf.folder(data))
                    .hasMessageContaining("is used by another service (process " + killed.pid() + ")");
            children = killed.descendants().toList();
            killed.destroyForcibly().waitFor();
            for (ProcessHandle child : children) {
                child.onExit().get(2, TimeUnit.MINUTES);
            }
            before = new WorkerLedgers().progress(ledgers, 2, Instant.MAX);
        }

        assertThat(children).isNotEmpty();
        try (input;
                LocalJobs jobs = LocalJobsOf.folder(data)) {
            input.release();
            JobName name = new JobName(JobName.LOCAL, first);
            assertThat(LocalJobsOf.status(jobs.get(new JobName(JobName.LOCAL, second)))
                            .phase())
                    .isEqualTo(Phase.PENDING);
            until(() -> LocalJobsOf.status(jobs.get(new JobName(JobName.LOCAL, second)))
                            .phase()
                    == Phase.COMPLETE);
            FileJob job = jobs.get(name);
            assertThat(LocalJobsOf.status(job).phase()).isEqualTo(Phase.COMPLETE);
            assertThat(LocalJobsOf.rowsIn(job)).isEqualTo(HeldInput.ROWS);
            RepeatedSlices.assertNone(before, jobs.workers(name), HeldInput.SLICES);
            assertThat(jobs.list(JobQuery.all()).items())
                    .extracting(FileJob::name)
                    .containsExactly(second, first);
            assertThat(jobs.create(JobName.LOCAL, input.job("first"), "first key")
                            .name())
                    .isEqualTo(first);
        }
    }
}
