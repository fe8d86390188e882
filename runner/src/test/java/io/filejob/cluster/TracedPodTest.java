package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.filejob.storage.local.InFlightFile;
import io.filejob.testing.otlp.OtlpCollector;
import io.filejob.testing.otlp.OtlpCollector.ReceivedSpan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers in pods send their spans to a collector, in the trace of their FileJob. */
final class TracedPodTest {
    private static final String SMALL =
            "input: {generate: {files: 40, entriesPerFile: 100, filesPerSlice: 1}}, operation: {average: {}}";

    @TempDir
    private Path folder;

    private PodEmulation pod = new PodEmulation(Path.of(""));

    @BeforeEach
    void files() {
        pod = new PodEmulation(folder);
    }

    @AfterEach
    void end() {
        pod.close();
    }

    private Process start(TestJob job, String endpoint, int index) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "OTEL_TRACES_EXPORTER",
                "otlp",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                endpoint,
                "JOB_COMPLETION_INDEX",
                Integer.toString(index),
                "FILEJOB_ATTEMPT",
                "0123456" + index + "-89ab-4cde-8000-000000000000"));
        return pod.start(job, environment, TestJob.NAME);
    }

    @Test
    void allSlicesOfAllWorkersAreBelowTheStagesOfOneTrace() throws Exception {
        try (OtlpCollector collector = new OtlpCollector();
                TestJob job = new TestJob(SMALL, 2, folder)) {
            List<Process> workers = List.of(start(job, collector.endpoint(), 0), start(job, collector.endpoint(), 1));
            for (Process worker : workers) {
                assertThat(pod.status(worker)).isZero();
            }
            List<ReceivedSpan> spans = collector.spans();
            assertThat(spans).allSatisfy(span -> {
                assertThat(span.trace()).isEqualTo(TraceIds.trace(TestJob.UID));
                assertThat(span.service()).isEqualTo("filejob-worker");
                assertThat(span.end()).isGreaterThanOrEqualTo(span.start());
                assertThat(span.failed()).isFalse();
                assertThat(span.attributes()).containsEntry("filejob.namespace", job.namespace);
            });
            Map<String, ReceivedSpan> stages = spans.stream()
                    .filter(span -> span.name().equals("map"))
                    .collect(Collectors.toMap(ReceivedSpan::id, span -> span));
            assertThat(stages.values()).isNotEmpty().allSatisfy(stage -> assertThat(stage.parent())
                    .isEqualTo(TraceIds.job(TestJob.UID)));
            List<ReceivedSpan> slices =
                    spans.stream().filter(span -> span.name().equals("slice")).toList();
            assertThat(slices).allSatisfy(slice -> {
                ReceivedSpan stage = Objects.requireNonNull(stages.get(slice.parent()));
                assertThat(slice.start()).isGreaterThanOrEqualTo(stage.start());
                assertThat(slice.end()).isLessThanOrEqualTo(stage.end());
                assertThat(slice.attributes())
                        .containsEntry("filejob.rows", "100")
                        .containsEntry("filejob.stage", "map")
                        .containsEntry("filejob.worker", stage.attributes().get("filejob.worker"));
                assertThat(Long.parseLong(slice.attributes().get("filejob.bytes")))
                        .isPositive();
            });
            Set<Integer> numbers = slices.stream()
                    .map(slice -> Integer.valueOf(slice.attributes().get("filejob.slice")))
                    .collect(Collectors.toSet());
            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 40).boxed().toList());
        }
    }

    @Test
    void aSliceThatFailsTheJobIsAnErrorAndSoIsItsStage() throws Exception {
        Files.writeString(folder.resolve("in.csv"), "price\n1\nx\n");
        String spec =
                "input: {files: ['%s']}, operation: {average: {column: price}}".formatted(folder.resolve("in.csv"));
        try (OtlpCollector collector = new OtlpCollector();
                TestJob job = new TestJob(spec, 1, folder)) {
            assertThat(pod.status(start(job, collector.endpoint(), 0))).isEqualTo(65);
            assertThat(collector.spans())
                    .hasSize(2)
                    .extracting(ReceivedSpan::name, ReceivedSpan::failed)
                    .containsExactlyInAnyOrder(tuple("slice", true), tuple("map", true));
        }
    }

    @Test
    void aCollectorThatDoesNotRespondDoesNotFailTheJob() throws Exception {
        try (TestJob job = new TestJob(SMALL, 1, folder)) {
            assertThat(pod.status(start(job, "http://127.0.0.1:1", 0))).isZero();
            assertThat(Files.readString(pod.log())).contains("filejob: warning: traces: ");
        }
    }

    @Test
    void withoutTheSettingTheSdkDoesNotStart() throws Exception {
        String endless =
                "input: {generate: {files: 100000, entriesPerFile: 200000, filesPerSlice: 1}}, operation: {average: {}}";
        try (OtlpCollector collector = new OtlpCollector();
                TestJob plain = new TestJob(endless, 1, folder);
                TestJob traced = new TestJob(endless, 1, folder)) {
            assertThat(used(pod.start(plain)))
                    .contains("io.filejob.worker.Worker")
                    .doesNotContain("io.filejob.trace.WorkerTrace", "io.opentelemetry.sdk.OpenTelemetrySdk");
            Files.delete(pod.words());
            assertThat(used(start(traced, collector.endpoint(), 0)))
                    .contains("io.filejob.trace.WorkerTrace", "io.opentelemetry.sdk.OpenTelemetrySdk");
        }
    }

    /** Returns the names of the classes that a worker uses after some slices; a start-up cache has others, which it does not. */
    private Set<String> used(Process worker) throws Exception {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> InFlightFile.read(pod.words()).orElse(0) > 5);
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Path classes = folder.resolve("classes.txt");
        Process asking = new ProcessBuilder(jcmd.toString(), Long.toString(worker.pid()), "VM.classes")
                .redirectErrorStream(true)
                .redirectOutput(classes.toFile())
                .start();
        assertThat(asking.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return Files.readAllLines(classes).stream()
                .map(line -> line.strip().split(" +", -1))
                .filter(words -> words.length > 2 && words[2].equals("fully_initialized"))
                .map(words -> words[words.length - 1])
                .collect(Collectors.toSet());
    }
}
