package io.filejob.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The result equals that of BigDecimal, to the last digit, for any number of workers and any slices. */
@Timeout(180)
final class SameResultTest {
    private static final int MAX_WORKERS = 16;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private final RandomNumbers random = new RandomNumbers();

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 1000})
    void ofGeneratedFiles(int filesPerSlice) throws IOException {
        String spec = String.format(
                Locale.ROOT,
                "input: {generate: {files: 40, entriesPerFile: 50, seed: %d, min: \"-5\", max: \"99999\", decimals: 7, %s}},",
                random.seed,
                "filesPerSlice: " + filesPerSlice);
        Path manifest = bench.manifest("job.yaml", spec + "operation: {average: {}}");
        Path kept = bench.manifest(
                "kept.yaml",
                spec.replace("filesPerSlice: " + filesPerSlice, "keep: {uri: kept}") + "operation: {average: {}}");
        Undisturbed.status(kept);
        List<BigDecimal> numbers = new ArrayList<>();
        try (Stream<Path> files = Files.list(bench.path("kept"))) {
            for (Path file : files.toList()) {
                Files.readAllLines(file).stream().map(BigDecimal::new).forEach(numbers::add);
            }
        }
        assertThat(numbers).hasSize(40 * 50).doesNotHaveDuplicates();
        JsonNode status = byAnyNumberOfWorkers(manifest);
        assertResult(status, new RandomNumbers.Expected(numbers, 0));
    }

    @ParameterizedTest
    @CsvSource({"1,50", "7,300", "1Ki,300", "1Ki,10000", "64Ki,20000", "64Mi,20000"})
    void ofLines(String sliceBytes, int rows) throws IOException {
        RandomNumbers.Expected expected = random.lines(bench.path("in.txt"), rows);
        Path manifest = bench.manifest(
                "job.yaml", Manifests.lines("in.txt", sliceBytes) + ", onBadRecord: skip, output: {uri: out.csv}");
        JsonNode status = byAnyNumberOfWorkers(manifest);
        assertThat(status.at("/result/average").asText()).isEqualTo(expected.mean());
        assertThat(status.at("/rows").toString()).isEqualTo(expected.rows());
        byte[] output = ("average\n" + expected.mean() + "\n").getBytes(UTF_8);
        assertThat(bench.path("out.csv")).hasBinaryContent(output);
        assertThat(status.at("/result/digest").asText()).isEqualTo(RandomNumbers.sha256(output));
    }

    @ParameterizedTest
    @CsvSource({"1,20", "7,150", "1Ki,150", "1Ki,3000", "64Ki,8000", "64Mi,8000"})
    void ofQuotedTexts(String sliceBytes, int rows) throws IOException {
        RandomNumbers.Expected expected = quoted(rows);
        Path manifest = bench.manifest("job.yaml", Manifests.csv("in", sliceBytes) + ", onBadRecord: skip");
        assertResult(byAnyNumberOfWorkers(manifest), expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void byProcesses(int workers) throws IOException {
        RandomNumbers.Expected expected = quoted(300);
        Path manifest = bench.manifest("job.yaml", Manifests.csv("in", "50") + ", onBadRecord: skip");
        JsonNode status = bench.run("run", "-q", "--processes", "-w", workers, "-o", "json", manifest)
                .with(0)
                .timelessStatus();
        assertResult(status, expected);
        assertThat(status).as("seed %d", random.seed).isEqualTo(Undisturbed.status(manifest, workers));
        bench.assertNoScratch();
    }

    @Test
    void ofBadRecordsToo() throws IOException {
        quoted(150);
        List<JsonNode> rejected = new ArrayList<>();
        for (String sliceBytes : List.of("1", "7", "1Ki", "64Mi")) {
            Path manifest = bench.manifest("job.yaml", Manifests.csv("in", sliceBytes) + ", onBadRecord: skip");
            rejected.add(Undisturbed.status(manifest, 3).path("rejected"));
        }
        assertThat(rejected.getFirst().path("samples"))
                .as("seed %d", random.seed)
                .hasSize(10);
        assertThat(rejected).as("seed %d", random.seed).containsOnly(rejected.getFirst());
    }

    /**
     * Writes four files: one is empty, and one has a single row with a text in which every slice guesses a wrong start.
     */
    private RandomNumbers.Expected quoted(int rows) throws IOException {
        Files.createDirectories(bench.path("in"));
        RandomNumbers.Expected first = random.csv(bench.path("in/a.csv"), rows);
        Files.writeString(bench.path("in/b.csv"), "\n");
        Files.writeString(
                bench.path("in/d.csv"), "price,note\n2.5,\"" + "\n7,like a record".repeat(rows / 2) + "\n\"\n");
        return first.and(random.csv(bench.path("in/c.csv"), rows / 2))
                .and(new RandomNumbers.Expected(List.of(new BigDecimal("2.5")), 0));
    }

    /** Returns the status, which must be the same for every W. */
    private JsonNode byAnyNumberOfWorkers(Path manifest) {
        JsonNode one = Undisturbed.status(manifest, 1);
        for (int workers = 2; workers <= MAX_WORKERS; workers++) {
            assertThat(Undisturbed.status(manifest, workers))
                    .as("by %d workers, seed %d", workers, random.seed)
                    .isEqualTo(one);
        }
        return one;
    }

    private void assertResult(JsonNode status, RandomNumbers.Expected expected) {
        assertThat(status.at("/result/average").asText())
                .as("seed %d", random.seed)
                .isEqualTo(expected.mean());
        assertThat(status.at("/rows").toString()).as("seed %d", random.seed).isEqualTo(expected.rows());
        assertThat(status.at("/result/digest").asText()).isEqualTo(expected.digest());
    }
}
