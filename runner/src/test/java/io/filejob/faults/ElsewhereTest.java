package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.security.Sha256;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Volumes and buckets on the command line, with the manifest of a cluster. */
@Timeout(180)
final class ElsewhereTest {
    private static final String TEXT = "price\n" + "2.5\n".repeat(300) + "bad\n" + "3.5\n".repeat(300);

    @RegisterExtension
    final Workbench bench = new Workbench();

    private S3Server storage;

    @BeforeEach
    void start() throws IOException {
        storage = new S3Server(Files.createDirectory(bench.path("s3")));
        storage.bucket("jobs");
        storage.put("jobs", "in/a.csv", TEXT.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    @Test
    void aFolderStandsInForAVolumeInEveryProcess() throws IOException {
        Files.createDirectory(bench.path("plays"));
        bench.write("plays/a.csv", TEXT);
        Path manifest = bench.manifest(
                "job.yaml",
                Manifests.csv("file:///data/*.csv", "100")
                        + ", onBadRecord: skip, output: {uri: /data/out.txt},"
                        + " volumes: [{name: data, claimName: plays, mountPath: /data}]");
        JsonNode status = bench.run(
                        "run", "-q", "--processes", "-w", 2, "--mount", "/data=plays", "-o", "json", manifest)
                .with(0)
                .timelessStatus();
        assertThat(status.at("/result/average").asText()).isEqualTo("3");
        assertThat(status.at("/rejected/samples/0/source").asText()).isEqualTo("/data/a.csv");
        assertThat(status.at("/rejected/samples/0/line").asInt()).isEqualTo(302);
        assertThat(bench.path("plays/out.txt")).hasContent("average\n3\n");
        assertThat(bench.run("plan", "--mount", "/data=" + bench.path("plays"), manifest)
                        .with(0)
                        .out())
                .contains("1 files");
        assertThat(bench.run("run", "-q", manifest).with(66).err()).contains("/data/*.csv");
    }

    @Test
    void workersShareABucketAndTheRunAfterThemFindsAllDone() {
        Path manifest = bench.manifest(
                "job.yaml",
                Manifests.csv("s3://jobs/in/", "100") + ", onBadRecord: skip, output: {uri: \"s3://jobs/out.csv\"}, "
                        + storage.yaml());
        FilejobProcess one = bench.start(
                "work",
                "--index=0",
                "-w",
                2,
                "--store",
                "s3://jobs/store",
                "--secret",
                storage.secretOption(),
                manifest);
        FilejobProcess other = bench.start(
                "work",
                "--index=1",
                "-w",
                2,
                "--store",
                "s3://jobs/store",
                "--secret",
                storage.secretOption(),
                manifest);
        one.end().with(0);
        other.end().with(0);
        JsonNode status = bench.run(
                        "run",
                        "-q",
                        "--processes",
                        "-o",
                        "json",
                        "--store",
                        "s3://jobs/store/",
                        "--secret",
                        storage.secretOption(),
                        manifest)
                .with(0)
                .timelessStatus();
        assertThat(status.at("/result/average").asText()).isEqualTo("3");
        assertThat(status.at("/result/digest").asText()).isEqualTo(Sha256.of(storage.get("jobs", "out.csv")));
        bench.assertNoScratch();
    }

    @Test
    void processesAreGivenTheSecretsThatTheRunWasGiven() {
        Path manifest = bench.manifest(
                "job.yaml",
                Manifests.csv("s3://jobs/**/*.csv", "1Ki") + ", onBadRecord: skip, store: {uri: \"s3://jobs/mine\"}, "
                        + storage.yaml());
        JsonNode status = bench.run(
                        "run", "-q", "--processes", "-w", 2, "-o", "json", "--secret", storage.secretOption(), manifest)
                .with(0)
                .timelessStatus();
        assertThat(status.at("/result/average").asText()).isEqualTo("3");
        assertThat(status.at("/rejected/samples/0/source").asText()).isEqualTo("s3://jobs/in/a.csv");
    }

    @Test
    void whatIsNoMountAndNoSecretIsAUsageError() {
        Path manifest = bench.manifest("job.yaml", Manifests.csv("/data/a.csv", "100"));
        assertThat(bench.run("run", "--mount", "data", manifest).with(64).err()).contains("--mount data");
        assertThat(bench.run("run", "--secret", "s3", manifest).with(64).err()).contains("--secret s3");
    }
}
