package io.filejob.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.cluster.PodEnvironment;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.WorkerMemory;
import io.filejob.testing.fuzz.FuzzRun;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Workers stay within the memory for {@code spec.memory} for any data: their process within the limit of a pod, twice
 * that and 128 MiB, and their data within its heap.
 */
final class BoundedMemoryTest {
    private static final String HEAP_OF_16_MI = "-Xmx96m";
    private static final String HEAP_OF_64_MI = "-Xmx154m";
    private static final long POD_OF_16_MI = (2 * 16 + 128) << 20;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private FilejobProcess.End run(String heap, String spec) {
        return bench.start(new Workbench.How().jvm(heap), "run", "-q", "-o", "json", bench.manifest("job.yaml", spec))
                .end();
    }

    /** Runs a spec with a memory of 16 MiB in the smallest pod that is allowed for it. */
    private FilejobProcess.End runInPod(String spec) {
        Path manifest = bench.manifest("job.yaml", spec);
        return bench.start(
                        new Workbench.How().pod(POD_OF_16_MI).environment(heap(manifest)),
                        "run",
                        "-q",
                        "-o",
                        "json",
                        manifest)
                .end()
                .with(0);
    }

    /** Returns the variable that the operator sets in that pod. */
    private static Map<String, String> heap(Path manifest) {
        try {
            long heap = WorkerMemory.podHeap(
                            ManifestReader.read(Files.readString(manifest)).spec(), POD_OF_16_MI)
                    .orElseThrow();
            return Map.of(PodEnvironment.JAVA_OPTIONS, WorkerMemory.option(heap));
        } catch (IOException | InvalidManifestException e) {
            throw new AssertionError(e);
        }
    }

    private void assertPeakFitsThePod() {
        assertThat(bench.peak()).as("peak memory of the process").isLessThanOrEqualTo(POD_OF_16_MI);
    }

    private void check(GroupedFile file, int workers, String sliceBytes, SplittableRandom random) throws IOException {
        List<String> expected = file.write(bench.path("in.csv"), random);
        FilejobProcess.End end = runInPod(file.spec(workers, "16Mi", sliceBytes));
        assertThat(Files.readAllLines(bench.path("out.csv")).equals(expected))
                .as(file + " is " + end.json().at("/status/message"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "long keys and texts, 90, 40, 80000, 80000, 5, 0, 2, 4Mi",
        "long keys of one slice, 200, 150, 80000, 10, 5, 0, 1, 64Mi",
        "large numbers, 60000, 50000, 10, 1, 120, 0, 1, 64Mi",
        "many rows of top, 150000, 150000, 12, 3, 5, 120000, 2, 1Mi",
        "long rows of top, 200, 200, 60000, 40000, 30, 150, 1, 2Mi",
        "many runs, 100000, 40000, 9, 3, 3, 0, 2, 4Ki"
    })
    void groupsKeepWithinThePod(
            String what,
            int rows,
            int keys,
            int keyLength,
            int textLength,
            int digits,
            int top,
            int workers,
            String slice)
            throws IOException {
        check(new GroupedFile(rows, keys, keyLength, textLength, digits, top), workers, slice, new SplittableRandom(7));
        assertPeakFitsThePod();
    }

    @Test
    void anyShapeOfDataKeepsWithinTheHeap() throws InterruptedException {
        FuzzRun.repeat("memory", random -> {
            int keyLength = size(random, 80_000);
            int textLength = size(random, 80_000);
            int digits = size(random, 900);
            int rows = Math.clamp(5_000_000 / (keyLength + textLength + digits + 4), 10, 60_000);
            int keys = 1 + random.nextInt(rows);
            int top = random.nextBoolean() ? 0 : 1 + random.nextInt(2 * keys);
            long slice = 1L << (14 + random.nextInt(12));
            check(
                    new GroupedFile(rows, keys, keyLength, textLength, digits, top),
                    1 + random.nextInt(2),
                    Long.toString(slice),
                    random);
        });
    }

    /** Returns a random size of at most {@code most}; all magnitudes are equally likely. */
    private static int size(SplittableRandom random, int most) {
        return (int) Math.ceil(Math.exp(random.nextDouble() * Math.log(most)));
    }

    private void write(String line, int times, String header) throws IOException {
        try (OutputStream out = Files.newOutputStream(bench.path("in.csv"))) {
            out.write(header.getBytes(US_ASCII));
            byte[] bytes = line.getBytes(US_ASCII);
            for (int i = 0; i < times; i++) {
                out.write(bytes);
            }
        }
    }

    @Test
    void aKeyThatIsTooLongIsABadRecord() throws IOException {
        write("k".repeat(12_000_000) + ",1\n", 8, "Song,Plays\n");
        String spec =
                "memory: 64Mi, input: {files: [in.csv]}, onBadRecord: %s, operation: {aggregate: {groupBy: [Song], measures: [{function: sum, column: Plays}]}}";
        FilejobProcess.End end = run(HEAP_OF_64_MI, spec.formatted("fail")).with(65);
        assertThat(end.err())
                .hasSizeLessThan(1000)
                .endsWith(": too long (12,000,000 bytes, limit 2,097,152); raise spec.memory\n");
        end = run(HEAP_OF_64_MI, spec.formatted("skip") + ", rejects: {uri: bad.csv}")
                .with(0);
        assertThat(end.json().at("/status/rows/rejected").asInt()).isEqualTo(8);
        assertThat(bench.path("bad.csv"))
                .hasSize("source,line,column,reason,record\n".length()
                        + 8L
                                * (bench.path("in.csv").toString().length()
                                        + ",2,Song,\"too long (12,000,000 bytes, limit 2,097,152); raise spec.memory\","
                                                .length()
                                        + "\"\",1\n".length()
                                        + 12_000_000));
        assertThat(end.json().at("/status").toString()).hasSizeLessThan(60 << 10);
    }

    @ParameterizedTest
    @CsvSource({"average: {column: n}", "'aggregate: {groupBy: [k], measures: [{function: sum, column: n}]}'"})
    void longRecordsOfManyWorkersAreRead(String operation) throws IOException {
        write("a,2," + "x".repeat(5_000_000) + "\n", 16, "k,n,t\n");
        FilejobProcess.End end = run(
                        "-Xmx512m",
                        "workers: 8, input: {files: [in.csv], sliceBytes: 5000000}, operation: {%s}"
                                .formatted(operation))
                .with(0);
        assertThat(end.json().at("/status/rows/used").asInt()).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({"average: {column: n}", "'aggregate: {groupBy: [k], measures: [{function: sum, column: n}]}'"})
    void recordsOfAQuarterOfTheMemoryKeepWithinThePod(String operation) throws IOException {
        write("a,2," + "x".repeat((4 << 20) - 5) + "\n", 12, "k,n,t\n");
        FilejobProcess.End end = runInPod(
                "memory: 16Mi, input: {files: [in.csv], sliceBytes: 9Mi}, operation: {%s}".formatted(operation));
        assertThat(end.json().at("/status/rows/used").asInt()).isEqualTo(12);
        assertPeakFitsThePod();
    }

    @Test
    void aRecordOfMoreThanAQuarterOfTheMemoryIsNamed() throws IOException {
        write("2," + "x".repeat(4 << 20) + "\n", 1, "n,t\n");
        FilejobProcess.End end = run(
                        HEAP_OF_16_MI, "memory: 16Mi, input: {files: [in.csv]}, operation: {average: {column: n}}")
                .with(65);
        assertThat(end.err()).contains(":2: ", "record longer than 4 MiB").hasSizeLessThan(1000);
    }

    @Test
    void aLongHeaderIsNamed() throws IOException {
        write("1,2\n", 1, "n," + "x".repeat(6 << 20) + "\n");
        FilejobProcess.End end = run(
                        HEAP_OF_16_MI, "memory: 16Mi, input: {files: [in.csv]}, operation: {average: {column: m}}")
                .with(65);
        assertThat(end.err()).hasSizeLessThan(2000);
    }

    @Test
    void moreMemoryThanTheHeapIsRefused() {
        bench.write("in.csv", "k,n\na,1\n");
        String spec =
                "workers: %d, memory: %s, input: {files: [in.csv]}, operation: {aggregate: {groupBy: [k], measures: [{function: sum, column: n}]}}";
        FilejobProcess.End end = run("-Xmx96m", spec.formatted(1, "64Mi")).with(78);
        assertThat(end.err()).startsWith("filejob: spec.memory: a worker that holds 64 MiB needs a heap of 119 MiB");
        end = run("-Xmx256m", spec.formatted(64, "64Mi")).with(0);
        assertThat(end.json().at("/status/workers").asInt()).isEqualTo(2);
        assertThat(end.err()).startsWith("filejob: spec.workers: 64 workers are more than the heap of ");
    }

    @Test
    void workerProcessesHaveTheHeapThatTheyNeed() throws IOException {
        bench.write("in.csv", "k,n\na,1\n");
        bench.start(
                        // Worker processes inherit this.
                        new Workbench.How().jvm("-Xlog:gc+init=info:file=" + bench.path("heap-%p.log")),
                        "run",
                        "-q",
                        "--processes",
                        bench.manifest(
                                "job.yaml",
                                "workers: 1, memory: 16Mi, input: {files: [in.csv]}, operation: {aggregate: {groupBy: [k], measures: [{function: sum, column: n}]}}"))
                .end()
                .with(0);
        List<String> heaps = new ArrayList<>();
        for (String log : Workbench.names(bench.folder())) {
            if (log.startsWith("heap-")) {
                Files.readAllLines(bench.path(log)).stream()
                        .filter(line -> line.contains("Heap Max Capacity: "))
                        .map(line -> line.replaceAll(".*: ", ""))
                        .forEach(heaps::add);
            }
        }
        // The JVM rounds 69 MiB up.
        assertThat(heaps).containsExactlyInAnyOrder("256M", "70M");
    }

    @Test
    void moreProcessesThanTheMachinesMemoryHoldsAreNotStarted() {
        bench.write("in.csv", "k,n\na,1\n");
        FilejobProcess.End end = bench.start(
                        // More memory than any machine has, in a heap that is reserved but not used.
                        new Workbench.How().jvm("-XX:+UseSerialGC").jvm("-Xmx2200g"),
                        "run",
                        "-q",
                        "--processes",
                        "-o",
                        "json",
                        bench.manifest(
                                "job.yaml",
                                "workers: 64, memory: 1900Gi, input: {files: [in.csv]}, operation: {aggregate: {groupBy: [k], measures: [{function: sum, column: n}]}}"))
                .end()
                .with(0);
        assertThat(end.json().at("/status/workers").asInt()).isEqualTo(1);
        assertThat(end.err())
                .startsWith("filejob: spec.workers: 64 workers are more than the machine's memory of ")
                .contains(": running 1");
    }
}
