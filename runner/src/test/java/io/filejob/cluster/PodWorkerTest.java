package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.ledger.SliceSetCodec;
import io.filejob.storage.local.InFlightFile;
import io.filejob.storage.temporary.TemporaryFolder;
import io.filejob.testing.kubernetes.RealApiServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code filejob work --config-map} as a process with a pod's environment; signals are the real ones. */
final class PodWorkerTest {
    private static final String SMALL =
            "input: {generate: {files: 40, entriesPerFile: 100, filesPerSlice: 1}}, operation: {average: {}}";
    /** A job that takes hours. */
    private static final String ENDLESS =
            "input: {generate: {files: 100000, entriesPerFile: 200000, filesPerSlice: 1}}, operation: {average: {}}";

    /** The time between the termination of a pod and its kill, less some seconds. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private PodEmulation pod = new PodEmulation(Path.of(""));
    private Path words = Path.of("");
    private Path log = Path.of("");

    @BeforeEach
    void files() {
        pod = new PodEmulation(folder);
        words = pod.words();
        log = pod.log();
    }

    @AfterEach
    void end() {
        pod.close();
    }

    @Test
    void itEndsWith0WhenAllIsCommittedAndSaysNothing() throws Exception {
        try (TestJob job = new TestJob(SMALL, 1, folder)) {
            assertThat(pod.status(pod.start(job))).isZero();
            assertThat(words).isEmptyFile();
            assertThat(done(job, 40).cardinality()).isEqualTo(40);
            assertThat(Files.readAllLines(log))
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("filejob: worker 0"))
                    .last()
                    .asString()
                    .contains("all of the job is committed", "40 slices");
        }
    }

    @Test
    void aTerminatedOneCommitsWhatItHasFinishedAndSaysNothing() throws Exception {
        try (TestJob job = new TestJob(ENDLESS, 1, folder)) {
            Process worker = pod.start(job);
            await().until(() -> InFlightFile.read(words).orElse(0) > 5);
            int at = InFlightFile.read(words).orElseThrow();
            worker.destroy();
            assertThat(pod.status(worker)).isEqualTo(143);
            assertThat(words).isEmptyFile();
            assertThat(done(job, 100_000).nextClearBit(0)).isGreaterThanOrEqualTo(at);
        }
    }

    @Test
    void aTerminatedOneEndsInTimeWhenNobodyAnswers() throws Exception {
        try (TestJob job = new TestJob(ENDLESS, 1, folder)) {
            Process worker = pod.start(job);
            await().until(() -> InFlightFile.read(words).orElse(0) > 5);
            job.proxy.down(true);
            worker.destroy();
            assertThat(worker.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
            assertThat(worker.exitValue()).isEqualTo(143);
            assertThat(words).isEmptyFile();
        }
    }

    @Test
    void aKilledOneLeavesTheSliceItWasAt() throws Exception {
        try (TestJob job = new TestJob(ENDLESS, 1, folder)) {
            Process worker = pod.start(job);
            await().until(() -> InFlightFile.read(words).orElse(0) > 5);
            worker.destroyForcibly().onExit().join();
            assertThat(pod.status(worker)).isEqualTo(137);
            assertThat(TerminationMessage.parse(Files.readString(words)).slice().orElse(-1))
                    .isGreaterThan(5);
        }
    }

    @Test
    void oneThatGivesUpLeavesTheReason() throws Exception {
        Files.writeString(folder.resolve("in.txt"), "1\nx\n");
        String spec = "input: {files: ['%s'], format: {lines: {}}}, operation: {average: {}}"
                .formatted(folder.resolve("in.txt"));
        try (TestJob job = new TestJob(spec, 1, folder)) {
            assertThat(pod.status(pod.start(job))).isEqualTo(65);
            assertThat(TerminationMessage.parse(Files.readString(words)).failure())
                    .hasValueSatisfying(failure -> {
                        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
                        assertThat(failure).hasMessageContaining("in.txt:2");
                    });

            Files.writeString(folder.resolve("in.txt"), "1\n2\n3\n");
            assertThat(pod.status(pod.start(job))).isEqualTo(65);
            assertThat(TerminationMessage.parse(Files.readString(words)).failure())
                    .hasValueSatisfying(failure -> assertThat(failure).hasMessageStartingWith("InputChanged"));
        }
    }

    @Test
    void aConfigMapThatIsSomebodyElsesIsFoundOutBeforeAnyWork() throws Exception {
        try (TestJob job = new TestJob(ENDLESS + ", output: {configMap: {name: settings}}", 1, folder)) {
            RealApiServer.get()
                    .kubectl(
                            "",
                            "create",
                            "configmap",
                            "settings",
                            "-n",
                            job.namespace,
                            "--from-literal=result.csv=mine");
            assertThat(pod.status(pod.start(job))).isEqualTo(73);
            assertThat(TerminationMessage.parse(Files.readString(words)).failure())
                    .hasValueSatisfying(failure -> {
                        assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_OUTPUT);
                        assertThat(failure).hasMessageContaining("there is a ConfigMap settings that no FileJob wrote");
                    });
            assertThat(job.ledgers()).isEmpty();
        }
    }

    @Test
    void theListingOfTheFirstWorkerIsThatOfAllOthers() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "1\n2\n");
        String spec = "input: {files: ['%s/*.txt'], format: {lines: {}}}, operation: {average: {}}".formatted(folder);
        try (TestJob job = new TestJob(spec, 1, folder)) {
            assertThat(pod.status(pod.start(job))).isZero();
            Files.writeString(folder.resolve("b.txt"), "3\n");

            assertThat(pod.status(pod.start(job, Map.of("FILEJOB_ATTEMPT", "89abcdef"), TestJob.NAME)))
                    .isZero();

            assertThat(Files.readString(log)).contains(": 1 slices, attempt 89abcdef", "0 slices done here");
        }
    }

    @Test
    void aJobOfAnEarlierReleaseIsRefusedByName() throws Exception {
        try (TestJob job = new TestJob(SMALL, 1, folder)) {
            job.annotate("filejob.io/protocol-");
            assertThat(pod.status(pod.start(job))).isEqualTo(74);
            assertThat(TerminationMessage.parse(Files.readString(words)).failure())
                    .hasValueSatisfying(failure -> {
                        assertThat(failure.reason()).isEqualTo(FailureReason.VERSION_MISMATCH);
                        assertThat(failure).hasMessageContainingAll(TestJob.NAME, "an earlier release");
                    });
            assertThat(job.ledgers()).isEmpty();
        }
    }

    @Test
    void noInputIsWrittenOver() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path input = Files.writeString(data.resolve("in.csv"), "price\n1\n");
        Files.createSymbolicLink(folder.resolve("alias"), data);
        String spec =
                "input: {files: ['%1$s/data/*.csv']}, operation: {average: {column: price}}, output: {uri: '%1$s/alias/in.csv'}"
                        .formatted(folder);
        try (TestJob job = new TestJob(spec, 1, folder)) {
            assertThat(pod.status(pod.start(job))).isEqualTo(78);
            assertThat(Files.readString(log)).contains("spec.output.uri: ", "is one of the input files");
            assertThat(input).hasContent("price\n1\n");
        }
    }

    /** Volumes cannot be mounted below the folder of temporary files. */
    @Test
    void aLinkOnAVolumeShowsNothingOfThePod() throws Exception {
        Path volume = Files.createTempDirectory(Path.of("/var/tmp"), "filejob-volume-");
        try {
            Files.writeString(folder.resolve("token"), "price\nsecret\n");
            Files.createSymbolicLink(volume.resolve("in.csv"), folder.resolve("token"));
            String spec = "input: {files: ['%1$s/*.csv']}, operation: {average: {column: price}}, onBadRecord: skip, "
                    .concat("volumes: [{name: data, claimName: data, mountPath: '%1$s'}]")
                    .formatted(volume);
            Files.writeString(volume.resolve("a.csv"), "price\n1\n");
            Files.move(volume.resolve("in.csv"), volume.resolve("hidden"));
            try (TestJob job = new TestJob(spec, 1, folder)) {
                Files.move(volume.resolve("hidden"), volume.resolve("in.csv"));
                assertThat(pod.status(pod.start(job))).isEqualTo(66);
                assertThat(Files.readString(log))
                        .contains("a link leads out of the volume " + volume)
                        .doesNotContain("secret");
            }
        } finally {
            TemporaryFolder.remove(volume);
        }
    }

    @Test
    void rightsAndJobsThatAreMissingAreNamed() throws Exception {
        try (TestJob job = new TestJob(SMALL, 1, folder)) {
            assertThat(pod.status(pod.start(job, Map.of("FILEJOB_NAMESPACE", "default"), TestJob.NAME)))
                    .isEqualTo(77);
            assertThat(Files.readString(log)).contains("cannot get resource \"configmaps\"");
            assertThat(pod.status(pod.start(job, Map.of(), "another"))).isEqualTo(74);
            assertThat(Files.readString(log)).contains("the job is gone", "another");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--config-map=x --store=s",
                "--config-map=x --workers=2",
                "--config-map=x manifest.yaml",
                "--config-map=x --base=.",
                "--config-map=X",
                "--config-map=../x",
                "--config-map=x --attempt=a",
                "--config-map=x --attempt=ABCDEFGH",
                "--config-map=x",
                "--store=s",
                "",
                "--config-map=x --index=-1"
            })
    void whatDoesNotFitTogetherIsAUsageError(String arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--index=0"));
        all.addAll(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")));
        if (arguments.contains("--index")) {
            all.removeFirst();
        }
        // This process does not run in a pod.
        assertThat(pod.status(pod.start(Map.of(), all))).isEqualTo(64);
    }

    private static BitSet done(TestJob job, int slices) {
        JsonNode ledgers = job.ledgers();
        assertThat(ledgers).hasSize(1);
        return SliceSetCodec.decode(
                ledgers.at("/0/metadata/annotations/filejob.io~1done").asText(), slices);
    }
}
