package io.filejob.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.filejob.api.FileJob;
import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.plan.InputFile;
import io.filejob.security.Sha256;
import io.filejob.status.FileJobStatus;
import io.filejob.storage.compression.UnpackedSourceTest;
import io.filejob.storage.local.Mounts;
import io.filejob.testing.http.PageServer;
import io.filejob.testing.s3.S3Server;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs with remote input, store and output have the same results as local ones. */
@Timeout(180)
final class RemoteJobTest {
    private static final String BAD_RECORDS = "onBadRecord: skip";

    @TempDir
    private static Path folder;

    private static S3Server server;
    private static PageServer pages;
    private static final List<byte[]> FILES = new ArrayList<>();

    /**
     * Some files of some hundred rows, with quoted fields that contain line ends, some bad records, and one file
     * without rows.
     */
    @BeforeAll
    static void start() throws IOException {
        server = new S3Server(Files.createDirectory(folder.resolve("s3")));
        server.bucket("prices");
        pages = new PageServer();
        Random random = new Random(11);
        for (int i = 0; i < 4; i++) {
            StringBuilder text = new StringBuilder("note,price\n");
            for (int row = 0; row < (i == 2 ? 0 : 300); row++) {
                text.append(random.nextInt(4) == 0 ? "\"a\nb,\"\"" + row + "\"\"\"" : "n")
                        .append(',');
                text.append(random.nextInt(50) == 0 ? "none" : random.nextInt(100_000) + "." + random.nextInt(100))
                        .append('\n');
            }
            byte[] file = text.toString().getBytes(StandardCharsets.UTF_8);
            FILES.add(file);
            Files.write(folder.resolve("f" + i + ".csv"), file);
            Files.write(folder.resolve("f" + i + ".csv.gz"), UnpackedSourceTest.pack("gz", file));
            Files.write(folder.resolve("f" + i + ".csv.zst"), UnpackedSourceTest.pack("zst", file));
            server.put("prices", "in/f" + i + ".csv", file);
            server.put("prices", "packed/f" + i + ".csv.zst", UnpackedSourceTest.pack("zst", file));
            pages.put("f" + i + ".csv", file);
            pages.put("f" + i + ".csv.gz", UnpackedSourceTest.pack("gz", file));
        }
    }

    @AfterAll
    static void stop() {
        pages.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"1Ki, 1", "1Ki, 5", "3Ki, 3", "64Mi, 2"})
    void packedFilesGiveWhatPlainOnesGive(String sliceBytes, int workers) {
        String expected = result(run(plain(), sliceBytes, workers, BAD_RECORDS));
        assertThat(result(run("\"f*.csv.gz\"", sliceBytes, workers, BAD_RECORDS)))
                .isEqualTo(expected);
        assertThat(result(run("\"f*.csv.zst\"", sliceBytes, workers, BAD_RECORDS)))
                .isEqualTo(expected);
        String mixed = "f0.csv.gz, f1.csv, f2.csv.zst, f3.csv.gz";
        assertThat(result(run(mixed, sliceBytes, workers, BAD_RECORDS))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1Ki, 2", "5Ki, 4", "64Mi, 2"})
    void objectsGiveWhatFilesGive(String sliceBytes, int workers) {
        String expected = result(run(plain(), sliceBytes, workers, BAD_RECORDS));
        String s3 = BAD_RECORDS + ", " + server.yaml();
        assertThat(result(run("\"s3://prices/in/\"", sliceBytes, workers, s3))).isEqualTo(expected);
        assertThat(result(run("\"s3://prices/**/f*.csv\"", sliceBytes, workers, s3)))
                .isEqualTo(expected);
        assertThat(result(run("\"s3://prices/packed/*\"", sliceBytes, workers, s3)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1Ki, 2, true", "1Ki, 3, false", "64Mi, 2, true", "64Mi, 2, false"})
    void pagesGiveWhatFilesGive(String sliceBytes, int workers, boolean ranged) {
        String expected = result(run(plain(), sliceBytes, workers, BAD_RECORDS));
        pages.ranged = ranged;
        try {
            String uris = String.join(
                    ", ",
                    List.of(
                            quoted(pages.uri("f0.csv")),
                            quoted(pages.uri("f1.csv.gz") + "?version=2"),
                            quoted(pages.uri("f2.csv")),
                            quoted(pages.uri("f3.csv"))));
            assertThat(result(run(uris, sliceBytes, workers, BAD_RECORDS))).isEqualTo(expected);
        } finally {
            pages.ranged = true;
        }
    }

    /** Bad records are reported by file and line regardless of the location of the file. */
    @Test
    void badRecordsAreNamedByTheirObjects() {
        JsonNode plain = status(run(plain(), "1Ki", 2, BAD_RECORDS)).at("/rejected/samples");
        JsonNode remote = status(run("\"s3://prices/in/\"", "2Ki", 3, BAD_RECORDS + ", " + server.yaml()))
                .at("/rejected/samples");
        JsonNode packed = status(run("\"f*.csv.gz\"", "1Ki", 3, BAD_RECORDS)).at("/rejected/samples");
        assertThat(plain).hasSize(10);
        assertThat(remote.toString().replace("s3://prices/in/", folder + "/")).isEqualTo(plain.toString());
        assertThat(packed.toString().replace(".csv.gz", ".csv")).isEqualTo(plain.toString());
    }

    /** Of several workers, another one may be the first to find a bad record. */
    @Test
    void aBadRecordOfAPackedFileFailsTheJobWithItsLine() {
        LocalRun.RunOutcome outcome = run("\"f*.csv.gz\"", "1Ki", 1, "onBadRecord: fail");
        String plain = failure(run(plain(), "1Ki", 1, "onBadRecord: fail")).getMessage();
        assertThat(failure(outcome).getMessage())
                .isEqualTo(String.valueOf(plain).replace(".csv:", ".csv.gz:"));
    }

    @Test
    void outputAndStoreCanBeInABucket() {
        String name = UUID.randomUUID().toString();
        String more =
                "onBadRecord: skip, output: {uri: \"s3://prices/out/%s.csv\"}, store: {uri: \"s3://prices/%s\"}, %s"
                        .formatted(name, name, server.yaml());
        LocalRun.RunOutcome outcome = run("\"s3://prices/in/\"", "1Ki", 3, more);
        assertThat(outcome.failure()).isNull();
        FileJobStatus status = outcome.status();
        byte[] content = server.get("prices", "out/" + name + ".csv");
        assertThat(Objects.requireNonNull(status.result()).digest()).isEqualTo(Sha256.of(content));
        // Complete results are published again without reading any input.
        server.client().deleteObject(request -> request.bucket("prices").key("out/" + name + ".csv"));
        FileJobStatus again = run("\"s3://prices/in/\"", "1Ki", 3, more).status();
        assertThat(again.result()).isEqualTo(status.result());
        LocalRun.RunOutcome another = run("\"s3://prices/in/f0.csv\"", "1Ki", 3, more);
        assertThat(failure(another).exitCode()).isEqualTo(ExitCode.STORE_LOST);
        assertThat(failure(another)).hasMessageContaining("s3://prices/" + name);
    }

    @Test
    void anObjectThatHasChangedIsNotRead() throws IOException {
        server.put("prices", "changing.csv", FILES.getFirst());
        try (Storage storage = S3Access.storage(server, folder)) {
            InputFile pinned = storage.list(List.of("s3://prices/changing.csv")).getFirst();
            server.put("prices", "changing.csv", FILES.get(1));
            try (ByteSource source = storage.open(pinned)) {
                assertThatThrownBy(() -> source.read(0, new byte[10], 0, 10))
                        .isInstanceOfSatisfying(JobFailedException.class, e -> {
                            assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
                            assertThat(e.reason()).isEqualTo(FailureReason.INPUT_CHANGED);
                        })
                        .hasMessageContaining("s3://prices/changing.csv");
            }
        }
    }

    /** Found names are valid URIs, however they were found. */
    @Test
    void keysWithSpecialCharactersAreFoundByTheirNames() {
        server.put("prices", "odd/50%*[x] ä.csv", FILES.getFirst());
        try (Storage storage = S3Access.storage(server, folder)) {
            InputFile found = storage.list(List.of("s3://prices/odd/")).getFirst();
            assertThat(storage.list(List.of("s3://prices/odd/50%25%2A*"))).containsExactly(found);
            assertThat(storage.list(List.of(found.name()))).containsExactly(found);
            assertThat(found.name()).isEqualTo("s3://prices/odd/50%25%2A%5Bx%5D ä.csv");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "s3://prices/in/missing.csv, 66",
        "s3://prices/in, 66",
        "s3://prices/nothing/, 66",
        "s3://prices/in/*.txt, 66",
        "s3://missing/in/f0.csv, 66",
        "s3://missing/**, 66",
    })
    void whatIsNotThereIsNamed(String entry, int exit) {
        LocalRun.RunOutcome outcome = run(quoted(entry), "1Ki", 1, server.yaml());
        assertThat(failure(outcome).exitCode().number()).isEqualTo(exit);
        assertThat(failure(outcome)).hasMessageContaining(entry.replaceAll("\\*.*", ""));
    }

    @Test
    void anOutputInABucketThatIsNotThereFailsBeforeAnythingIsRead() {
        String more = "output: {uri: \"s3://missing/out.csv\"}, " + server.yaml();
        LocalRun.RunOutcome outcome = run(plain(), "1Ki", 1, more);
        assertThat(failure(outcome).exitCode()).isEqualTo(ExitCode.NO_OUTPUT);
        assertThat(failure(outcome)).hasMessageContaining("s3://missing/out.csv", "no bucket missing");
    }

    @Test
    void aServiceThatDoesNotAnswerIsUnavailable() {
        String more = "s3: {endpoint: \"http://127.0.0.1:9\", pathStyle: true, credentialsSecret: {name: s3}}";
        LocalRun.RunOutcome outcome = run("\"s3://prices/in/f0.csv\"", "1Ki", 1, more);
        assertThat(failure(outcome).exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(failure(outcome)).hasMessageContaining("s3://prices/in/f0.csv");
    }

    private static String plain() {
        return "\"f*.csv\"";
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String result(LocalRun.RunOutcome outcome) {
        JsonNode status = status(outcome);
        assertThat(status.path("phase").asText())
                .as(status.path("message").asText())
                .isEqualTo("Complete");
        return status.at("/rows") + " " + status.at("/result");
    }

    private static JsonNode status(LocalRun.RunOutcome outcome) {
        return new ObjectMapper().valueToTree(outcome.status());
    }

    private static JobFailedException failure(LocalRun.RunOutcome outcome) {
        return Objects.requireNonNull(outcome.failure());
    }

    private static LocalRun.RunOutcome run(String files, String sliceBytes, int workers, @Nullable String more) {
        String manifest = "{apiVersion: filejob.io/v1alpha1, kind: FileJob, metadata: {name: test}, spec: {workers: "
                + workers + ", input: {files: [" + files + "], sliceBytes: " + sliceBytes
                + "}, operation: {average: {column: price}}" + (more == null ? "" : ", " + more) + "}}";
        try {
            FileJob job = ManifestReader.read(manifest);
            LocalOptions options =
                    new LocalOptions(folder, S3Access.secrets(server), Mounts.NONE, null, false, null, _ -> {});
            return new LocalRun(job, options, Clock.systemUTC()).run();
        } catch (InvalidManifestException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
