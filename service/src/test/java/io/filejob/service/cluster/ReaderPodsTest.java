package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.service.job.JobName;
import io.filejob.service.job.Jobs;
import io.filejob.service.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The number of pods that read claims, and of reads in a pod, is limited. */
final class ReaderPodsTest {
    @TempDir
    private Path folder;

    private ClaimFixture claim;
    private ClusterUser ann;

    @BeforeEach
    void start() throws IOException {
        claim = new ClaimFixture(folder);
        ann = ClusterUser.downloader(claim.namespace(), "ann");
    }

    @AfterEach
    void stop() {
        claim.close();
    }

    @Test
    void aFifthReadWaitsForTheEndOfAnother() throws Exception {
        JobName name = claim.create("");
        try (ReaderPods readers = claim.readers(TestReaderSettings.DEFAULT)) {
            Jobs jobs = claim.cluster().jobs(ann, readers);
            List<InputStream> open = new ArrayList<>();
            open.add(claim.withPod(ClaimFixture.RUNNING, () -> ClaimFixture.find(jobs.result(name))
                    .open(0, 10)));
            for (int i = 1; i < 4; i++) {
                open.add(ClaimFixture.find(jobs.result(name)).open(0, 10));
            }
            FutureTask<String> fifth =
                    new FutureTask<>(() -> ClaimFixture.text(ClaimFixture.find(jobs.result(name)), 0, 10));
            Thread reader = Thread.ofPlatform().start(fifth);
            ClusterFixture.soon().until(() -> fifth.isDone() || reader.getState() == Thread.State.TIMED_WAITING);
            assertThat(fifth.isDone()).isFalse();
            open.removeFirst().close();
            assertThat(fifth.get()).isEqualTo("0123456789");
            for (InputStream in : open) {
                in.close();
            }
        }
    }

    @Test
    void aFifthReadIsRefusedIfNoOtherEnds() throws Exception {
        JobName name = claim.create("");
        try (ReaderPods readers = claim.readers(TestReaderSettings.DEFAULT, Duration.ZERO)) {
            Jobs jobs = claim.cluster().jobs(ann, readers);
            InputStream first = claim.withPod(ClaimFixture.RUNNING, () -> ClaimFixture.find(jobs.result(name))
                    .open(0, 10));
            try (InputStream _ = first;
                    InputStream _ = ClaimFixture.find(jobs.result(name)).open(0, 10);
                    InputStream _ = ClaimFixture.find(jobs.result(name)).open(0, 10);
                    InputStream _ = ClaimFixture.find(jobs.result(name)).open(0, 10)) {
                ClaimFixture.assertProblem(
                        () -> ClaimFixture.find(jobs.result(name)).open(0, 10),
                        ProblemType.TOO_MANY,
                        "you read 4 files of this job's volume at once");
            }
        }
    }

    @Test
    void theNumberOfPodsIsLimited() throws Exception {
        JobName first = claim.create("");
        JobName second = claim.create("");
        try (ReaderPods readers = claim.readers(new TestReaderSettings(1, Duration.ofMinutes(2)))) {
            Jobs jobs = claim.cluster().jobs(ann, readers);
            InputStream reading = claim.withPod(ClaimFixture.RUNNING, () -> ClaimFixture.find(jobs.result(first))
                    .open(0, 10));
            ClaimFixture.assertProblem(
                    () -> ClaimFixture.find(jobs.result(second)).open(0, 10),
                    ProblemType.TOO_MANY,
                    "reads 1 volumes at once");
            String before = claim.pods().getFirst().at("/metadata/uid").asText();
            reading.close();
            // An idle pod makes room.
            FutureTask<String> read =
                    new FutureTask<>(() -> ClaimFixture.text(ClaimFixture.find(jobs.result(second)), 0, 10));
            Thread.ofVirtual().start(read);
            ClusterFixture.soon()
                    .until(() -> read.isDone()
                            || claim.pods().stream()
                                    .anyMatch(pod ->
                                            !pod.at("/metadata/uid").asText().equals(before)));
            claim.patch(ClaimFixture.RUNNING, read);
            assertThat(read.get()).isEqualTo("0123456789");
            assertThat(claim.pods()).hasSize(1);
        }
    }
}
