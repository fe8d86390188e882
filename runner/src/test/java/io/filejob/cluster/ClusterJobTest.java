package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.coverage.Coverage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.merge.Merge;
import io.filejob.status.JobResult;
import io.filejob.worker.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole jobs by workers that share only the API server. */
final class ClusterJobTest {
    @TempDir
    private Path folder;

    private static String generated(int slices, int entries) {
        return String.format(
                Locale.ROOT,
                "input: {generate: {files: %d, entriesPerFile: %d, seed: 5, filesPerSlice: 1}}, operation: {average: {}}",
                slices,
                entries);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void theResultIsThatOfALocalRunAndWritesDoNotGrowWithSlices(int workers) throws Exception {
        try (TestJob job = new TestJob(generated(1_000, 3_000), workers, folder)) {
            Instant begun = Instant.now();
            runAll(job, workers);
            int seconds = (int) Duration.between(begun, Instant.now()).toSeconds() + 1;
            assertThat(result(job)).isEqualTo(local(job));
            assertThat(job.proxy.writes()).isLessThanOrEqualTo(3 * workers + seconds * workers + 20);
            assertThat(job.ledgers()).hasSize(workers).allSatisfy(ledger -> {
                JsonNode metadata = ledger.path("metadata");
                assertThat(metadata.at("/labels/filejob.io~1job-uid").asText()).isEqualTo(TestJob.UID);
                assertThat(metadata.at("/labels/filejob.io~1role").asText()).isEqualTo("ledger");
                assertThat(metadata.at("/annotations/filejob.io~1fingerprint").asText())
                        .isEqualTo(job.plan().fingerprint().combined());
                assertThat(metadata.at("/annotations/filejob.io~1done").asText())
                        .isNotEmpty();
                assertThat(metadata.at("/ownerReferences/0/uid").asText()).isEqualTo(TestJob.UID);
                assertThat(metadata.at("/ownerReferences/0/blockOwnerDeletion").isMissingNode())
                        .isTrue();
                String attempt = metadata.at("/annotations/filejob.io~1attempt").asText();
                String index = metadata.at("/annotations/filejob.io~1worker").asText();
                assertThat(metadata.path("name").asText())
                        .isEqualTo(TestJob.NAME + "-" + index + "-" + attempt.substring(0, 8));
            });
        }
    }

    /** Ten workers look at the progress a few times, not once for each slice. */
    @Test
    void readsDoNotGrowWithSlices() throws Exception {
        int workers = 10;
        try (TestJob job = new TestJob(generated(2_000, 500), workers, folder)) {
            Instant begun = Instant.now();
            runAll(job, workers);
            int seconds = (int) Duration.between(begun, Instant.now()).toSeconds() + 1;
            assertThat(result(job)).isEqualTo(local(job));
            // Each worker looks once at the start and at most once a second, and lists the ledgers twice at the end.
            assertThat(job.proxy.count("LOOK")).as("metadata of the job").isLessThanOrEqualTo(workers * (seconds + 2));
            assertThat(job.proxy.count("LIST")).as("metadata of ledgers").isLessThanOrEqualTo(workers * (seconds + 4));
            assertThat(job.proxy.count("GET"))
                    .as("manifests, and ledgers for the proof")
                    .isLessThanOrEqualTo(workers + 2 * workers * workers);
        }
    }

    @Test
    void anApiServerThatIsAwayForSomeSecondsCostsTimeOnly() throws Exception {
        try (TestJob job = new TestJob(generated(400, 20_000), 2, folder);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<Boolean> first =
                    threads.submit(() -> job.worker(0, 2, folder).run());
            Future<Boolean> second =
                    threads.submit(() -> job.worker(1, 2, folder).run());
            Awaitility.await().until(() -> job.proxy.count("LIST") >= 2);
            job.proxy.down(true);
            int before = job.proxy.count("LOOK") + job.proxy.writes();
            Awaitility.await().until(() -> job.proxy.count("LOOK") + job.proxy.writes() > before + 3);
            job.proxy.down(false);
            assertThat(first.get()).isTrue();
            assertThat(second.get()).isTrue();
            assertThat(result(job)).isEqualTo(local(job));
        }
    }

    @Test
    void wrongGuessesAreDoneAgain() throws Exception {
        // One long field that looks like records to every slice that begins in it.
        Files.writeString(folder.resolve("in.csv"), "price,text\n5,\"" + "1,2\n".repeat(50_000) + "\"\n7,z\n");
        String spec = "input: {files: ['%s'], sliceBytes: 20000}, operation: {average: {column: price}}"
                .formatted(folder.resolve("in.csv"));
        try (TestJob job = new TestJob(spec, 3, folder)) {
            runAll(job, 3);
            assertThat(result(job)).isEqualTo(local(job));
            assertThat(job.store().ledgers().stream()
                            .flatMap(ledger -> ledger.results().stream())
                            .map(each -> each.slice() + "@" + each.start())
                            .distinct()
                            .count())
                    .as("results, of which some begin at wrong places")
                    .isGreaterThan(job.plan().slices());
        }
    }

    @Test
    void aBadRecordFailsAllWorkers() throws Exception {
        Files.writeString(folder.resolve("in.txt"), "1\n".repeat(5_000) + "x\n" + "1\n".repeat(5_000));
        String spec = "input: {files: ['%s'], sliceBytes: 100, format: {lines: {}}}, operation: {average: {}}"
                .formatted(folder.resolve("in.txt"));
        try (TestJob job = new TestJob(spec, 2, folder)) {
            for (int index : List.of(0, 1)) {
                Worker worker = job.worker(index, 2, folder);
                assertThatThrownBy(worker::run)
                        .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                                .isEqualTo(ExitCode.BAD_INPUT))
                        .hasMessageContaining("in.txt:");
            }
            assertThat(job.ledgers())
                    .anySatisfy(ledger -> assertThat(ledger.at("/metadata/annotations/filejob.io~1failed")
                                    .asText())
                            .isEqualTo("100"));
        }
    }

    /** The only worker becomes one of two, the other one is new, and a third one is no longer needed. */
    @Test
    void theNumberOfWorkersMayChangeWhileTheyWork() throws Exception {
        try (TestJob job = new TestJob(generated(600, 30_000), 1, folder);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<Boolean> first =
                    threads.submit(() -> job.worker(0, 1, folder).run());
            Awaitility.await().until(() -> job.proxy.writes() >= 1);
            job.annotate("filejob.io/workers=2");
            Future<Boolean> second =
                    threads.submit(() -> job.worker(1, 2, folder).run());
            Future<Boolean> surplus =
                    threads.submit(() -> job.worker(7, 8, folder).run());
            assertThat(first.get()).isTrue();
            assertThat(second.get()).isTrue();
            assertThat(surplus.get()).isTrue();
            assertThat(result(job)).isEqualTo(local(job));
            int performed = job.store().ledgers().stream()
                    .mapToInt(ledger -> ledger.results().size())
                    .sum();
            assertThat(performed).as("slices done, some twice").isBetween(600, 900);
        }
    }

    private void runAll(TestJob job, int workers) throws InterruptedException, ExecutionException {
        List<Future<Boolean>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int index = 0; index < workers; index++) {
                Worker worker = job.worker(index, workers, folder);
                ends.add(threads.submit(worker::run));
            }
            for (Future<Boolean> end : ends) {
                assertThat(end.get()).isTrue();
            }
        }
    }

    private static JobResult result(TestJob job) {
        Coverage coverage = Coverage.of(job.plan(), job.store().ledgers());
        assertThat(coverage.isComplete()).isTrue();
        return Objects.requireNonNull(
                Merge.complete(job.job().spec(), coverage, Instant.EPOCH, Instant.EPOCH.plusSeconds(1))
                        .result());
    }

    private JobResult local(TestJob job) throws InterruptedException, IOException {
        Path store = Files.createTempDirectory(folder, "local");
        LocalRun run =
                new LocalRun(job.job(), new LocalOptions(Path.of("/"), store, false, _ -> {}), Clock.systemUTC());
        return Objects.requireNonNull(run.run().status().result());
    }
}
