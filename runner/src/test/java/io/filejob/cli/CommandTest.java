package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.security.Sha256;
import io.filejob.value.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests commands from arguments to exit status and output, in this process. */
final class CommandTest {
    private static final String MANIFEST = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: prices}
            spec:
              workers: 3
              onBadRecord: %s
              input: {files: ["in/*.csv"], sliceBytes: 7}
              operation: {average: {column: price}}
            """;

    @TempDir
    private Path folder;

    @Test
    void printsTheStatusThatTheCustomResourceCarries() throws IOException {
        End end = run("skip", "-o", "json", "-q");
        assertThat(end.status()).isZero();
        JsonNode status = end.json().path("status");
        assertThat(status.at("/phase").asText()).isEqualTo("Complete");
        assertThat(status.at("/conditions/0/type").asText()).isEqualTo("Complete");
        assertThat(status.at("/conditions/0/reason").asText()).isEqualTo("AllSlicesMerged");
        assertThat(status.at("/slices/done").asInt())
                .isEqualTo(status.at("/slices/total").asInt());
        assertThat(status.at("/rows").toString()).isEqualTo("{\"in\":6,\"used\":4,\"rejected\":2}");
        assertThat(status.at("/plan/inputs").asInt()).isEqualTo(2);
        assertThat(status.at("/plan/fingerprint").asText()).matches("sha256:[0-9a-f]{64}");
        assertThat(status.at("/result/average").asText()).isEqualTo("3.125");
        assertThat(status.at("/result/digest").asText()).isEqualTo(Json.digest(Map.of("average", "3.125")));
        assertThat(status.at("/rejected/samples/0/source").asText()).endsWith("in/a.csv");
        assertThat(status.at("/rejected/samples/0/line").asInt()).isEqualTo(4);
        assertThat(status.at("/rejected/samples/0/text").asText()).isEqualTo("abc");
        assertThat(status.at("/rejected/samples/1/line").asInt()).isEqualTo(3);
    }

    @Test
    void whatIsPrintedAsYamlCanBeRunAgain() throws IOException {
        End first = run("skip", "-o", "yaml", "-q");
        Files.writeString(folder.resolve("again.yaml"), first.out());
        assertThat(End.of(
                                "run",
                                "-q",
                                "-o",
                                "json",
                                folder.resolve("again.yaml").toString())
                        .json()
                        .at("/status/result"))
                .isEqualTo(run("skip", "-o", "json", "-q").json().at("/status/result"));
    }

    @Test
    void theOutputFileIsWholeAndItsDigestIsThatOfItsBytes() throws IOException {
        Path manifest = manifest("skip");
        Files.writeString(manifest, Files.readString(manifest) + "  output: {uri: result.csv}\n");
        End end = End.of("run", "-q", "-o", "json", manifest.toString());
        byte[] bytes = Files.readAllBytes(folder.resolve("result.csv"));
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("average\n3.125\n");
        assertThat(end.json().at("/status/result/digest").asText()).isEqualTo(Sha256.of(bytes));
        assertThat(end.json().at("/status/result/bytes").asInt()).isEqualTo(bytes.length);
        assertThat(end.json().at("/status/plan/stages").asInt()).isEqualTo(2);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("in", "job.yaml", "result.csv");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"output", "rejects"})
    void anInputIsNotOverwritten(String field) throws IOException {
        Path manifest = manifest("skip");
        Files.writeString(manifest, Files.readString(manifest) + "  " + field + ": {uri: in/a.csv}\n");
        End end = End.of("run", "-q", manifest.toString());
        assertThat(end.status()).isEqualTo(78);
        assertThat(end.err()).contains("spec." + field + ".uri: ", "in/a.csv is one of the input files");
    }

    @Test
    void aResultInAConfigMapIsForClusters() throws IOException {
        Path manifest = manifest("skip");
        Files.writeString(manifest, Files.readString(manifest) + "  output: {configMap: {name: prices}}\n");
        assertThat(End.of("validate", manifest.toString()).status()).isZero();
        assertThat(End.of("plan", manifest.toString()).status()).isZero();
        End end = End.of("run", "-q", manifest.toString());
        assertThat(end.status()).isEqualTo(78);
        assertThat(end.err()).contains("spec.output.configMap: there is no cluster here");
    }

    @Test
    void aBadRecordFailsTheJobByNameUnlessItIsToBeSkipped() throws IOException {
        String first = "filejob: " + folder.resolve("in/a.csv") + ":4: column \"price\": \"abc\": not a number\n";
        String second = "filejob: " + folder.resolve("in/b.csv") + ":3: column \"price\": \"\": not a number\n";
        End end = run("fail", "-q");
        assertThat(end.status()).isEqualTo(65);
        assertThat(end.out()).isEmpty();
        // The failure names the earliest bad record found before all workers were stopped.
        assertThat(end.err()).isIn(first, second);
        assertThat(run("fail", "-q", "-w", "1").err())
                .as("one worker comes to the first one first")
                .isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{records: 2}", "{percent: 34}"})
    void asManyBadRecordsAsAreToleratedAreSkipped(String tolerated) throws IOException {
        Path manifest = manifest("skip\n  tolerated: " + tolerated);
        assertThat(End.of("run", "-q", manifest.toString()).status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{records: 1}", "{percent: 33}", "{records: 0}"})
    void moreBadRecordsThanToleratedFailTheJob(String tolerated) throws IOException {
        Path manifest = manifest("skip\n  tolerated: " + tolerated);
        End end = End.of("run", "-q", manifest.toString());
        assertThat(end.status()).isEqualTo(65);
        assertThat(end.err()).contains("2 of 6 rows are bad, more than tolerated", "a.csv:4");
    }

    @Test
    void nothingToWorkOnIsAResult() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/empty.csv"), "\uFEFF\n\n");
        Files.writeString(folder.resolve("job.yaml"), MANIFEST.formatted("fail"));
        End end = End.of("run", "-q", "-o", "json", folder.resolve("job.yaml").toString());
        assertThat(end.status()).isZero();
        assertThat(end.json().at("/status/phase").asText()).isEqualTo("Complete");
        assertThat(end.json().at("/status/rows/in").asInt()).isZero();
        assertThat(end.json().at("/status/result/average").isMissingNode()).isTrue();
        assertThat(end.json().at("/status/message").asText()).isEqualTo("nothing to average in 1 file");
    }

    @Test
    void generatedFilesAreKeptWhereAsked() throws IOException {
        String manifest = """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: kept}
                spec:
                  input: {generate: {files: 12, entriesPerFile: 5, filesPerSlice: 5, keep: {uri: numbers}}}
                  operation: {average: {}}
                """;
        Files.writeString(folder.resolve("kept.yaml"), manifest);
        End generated =
                End.of("run", "-q", "-o", "json", folder.resolve("kept.yaml").toString());
        try (Stream<Path> files = Files.list(folder.resolve("numbers"))) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted().toList())
                    .hasSize(12)
                    .startsWith("file-00.txt")
                    .endsWith("file-11.txt");
        }
        Files.writeString(
                folder.resolve("read.yaml"),
                manifest.replaceAll("\\{generate:.*\\}\\}\n", "{files: [numbers], format: {lines: {}}}\n"));
        End read = End.of("run", "-q", "-o", "json", folder.resolve("read.yaml").toString());
        assertThat(read.json().at("/status/result")).isEqualTo(generated.json().at("/status/result"));
    }

    @Test
    void aSuspendedJobIsNotRun() throws IOException {
        Path manifest = manifest("skip\n  suspend: true");
        End end = End.of("run", "-q", manifest.toString());
        assertThat(end.status()).isEqualTo(78);
        assertThat(end.err()).contains("spec.suspend: the job is suspended");
        assertThat(End.of("validate", manifest.toString()).status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "processes"})
    void aJobThatTakesLongerThanItMayFails(String workers) throws IOException {
        Path manifest = Files.writeString(folder.resolve("endless.yaml"), """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: endless}
                spec:
                  activeDeadlineSeconds: 1
                  ttlSecondsAfterFinished: 0
                  pod: {labels: {only: a}}
                  input: {generate: {files: 1000000, entriesPerFile: 1000000, filesPerSlice: 10}}
                  operation: {average: {}}
                """);
        Stream<String> options = workers.equals("processes") ? Stream.of("--processes") : Stream.of();
        End end = End.of(Stream.concat(Stream.of("run", "-q", "-o", "json", manifest.toString()), options)
                .toArray(String[]::new));
        assertThat(end.status()).isEqualTo(143);
        assertThat(end.err()).contains("DeadlineExceeded: the job is not done after spec.activeDeadlineSeconds: 1");
        assertThat(end.json().at("/status/conditions/0/reason").asText()).isEqualTo("DeadlineExceeded");
    }

    @Test
    void planPrintsThePlanAndDoesNothing() throws IOException {
        Path manifest = manifest("skip");
        End end = End.of("plan", manifest.toString());
        assertThat(end.status()).isZero();
        assertThat(end.out())
                .contains(
                        "2 files, 43 bytes, 7 bytes a slice",
                        "map (read and add up): 7 slices",
                        "worker 0   3 slices: 0, 3, 6");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            upsert, keys: [price] | map (read; the rows wait in the database): 7 slices | reduce (merge into prices): 1 slice
            append                | map (read, to see where records begin): 7 slices | reduce (read again, and append to prices): 7 slices
            """)
    void planNeedsNoDatabase(String mode, String map, String reduce) throws IOException {
        String ingest = "{ingest: {database: {secret: {name: db}}, table: prices, mode: " + mode + "}}";
        Path manifest = manifest("skip");
        Files.writeString(manifest, Files.readString(manifest).replace("{average: {column: price}}", ingest));
        End end = End.of("plan", manifest.toString());
        assertThat(end.err()).isEmpty();
        assertThat(end.out())
                .contains(map, reduce, "publish (aggregated tables, and the file of bad records): 1 slice");
    }

    @Test
    void validateNeedsNoInput() throws IOException {
        Path manifest = manifest("skip");
        Files.delete(folder.resolve("in/a.csv"));
        Files.delete(folder.resolve("in/b.csv"));
        assertThat(End.of("validate", manifest.toString()).status()).isZero();
        assertThat(End.of("run", "-q", manifest.toString()).status()).isEqualTo(66);
    }

    @Test
    void everyCommandHasHelpAndUsageErrorsAre64() {
        for (String command : List.of("run", "work", "validate", "plan", "refresh")) {
            End help = End.of(command, "--help");
            assertThat(help.status()).isZero();
            assertThat(help.out()).contains("Exit status:", "bad input data");
            assertThat(End.of(command).status())
                    .as("%s without a manifest", command)
                    .isEqualTo(64);
            assertThat(End.of(command, "--nonsense", "x").status()).isEqualTo(64);
        }
        assertThat(End.of("run", "--workers", "0", manifestOf("skip")).status()).isEqualTo(64);
        assertThat(End.of("nonsense").status()).isEqualTo(64);
    }

    private String manifestOf(String onBadRecord) {
        try {
            return manifest(onBadRecord).toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private End run(String onBadRecord, String... options) throws IOException {
        String manifest = manifest(onBadRecord).toString();
        return End.of(Stream.of(Stream.of("run"), Stream.of(options), Stream.of(manifest))
                .flatMap(arguments -> arguments)
                .toArray(String[]::new));
    }

    /** Writes two files with a column at different positions, a record of two lines, and two bad records. */
    private Path manifest(String onBadRecord) throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.csv"), "id,price\n\"1\n\",1.5\n2,abc\n3,2\n");
        Files.writeString(folder.resolve("in/b.csv"), "price\n4\n\"\"\n5.0\n");
        return Files.writeString(folder.resolve("job.yaml"), MANIFEST.formatted(onBadRecord));
    }
}
