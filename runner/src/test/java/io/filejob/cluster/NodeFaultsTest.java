package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.ExitCode;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault of one node ends the worker there with its reason, and the worker on another node completes the job. */
final class NodeFaultsTest {
    private static final int SONGS = 4_000;
    /** The output is larger. */
    private static final String[] FILES_OF_16_KIB = {"bash", "-c", "ulimit -f 16; exec \"$@\"", "limited"};

    @TempDir
    private Path folder;

    private Path in = Path.of("");
    private Path out = Path.of("");
    private String expected = "";

    @BeforeEach
    void files() throws IOException {
        StringBuilder rows = new StringBuilder("song,plays\n");
        StringBuilder sums = new StringBuilder("song,sum(plays)\n");
        for (int round = 0; round < 2; round++) {
            for (int song = 1; song <= SONGS; song++) {
                rows.append(String.format(Locale.ROOT, "song %05d,%d\n", song, song));
            }
        }
        for (int song = 1; song <= SONGS; song++) {
            sums.append(String.format(Locale.ROOT, "song %05d,%d\n", song, 2 * song));
        }
        expected = sums.toString();
        in = Files.writeString(folder.resolve("in.csv"), rows);
        out = Files.createDirectory(folder.resolve("out"));
    }

    private String spec(String output) {
        return "workers: 2, input: {files: ['%s'], sliceBytes: 16Ki}, output: {uri: '%s'}, ".formatted(in, output)
                + "operation: {aggregate: {groupBy: [song], measures: [{function: sum, column: plays}]}}";
    }

    private PodEmulation pod(String name, String... prefix) throws IOException {
        return new PodEmulation(Files.createDirectory(folder.resolve(name)), prefix);
    }

    /** Runs worker 0 until it fails with {@code exitCode}; {@code environment} and {@code pod} are those of its node. */
    private static void assertFails(
            TestJob job, PodEmulation pod, Map<String, String> environment, ExitCode exitCode, String... message)
            throws Exception {
        Process bad = pod.start(job, environment, TestJob.NAME);
        int status = pod.status(bad);
        assertThat(status).as(Files.readString(pod.log())).isEqualTo(exitCode.number());
        assertThat(TerminationMessage.parse(Files.readString(pod.words())).failure())
                .hasValueSatisfying(failure -> {
                    assertThat(failure.exitCode()).isEqualTo(exitCode);
                    assertThat(failure).hasMessageContainingAll(message);
                    assertThat(failure.reason().endsJob()).isFalse();
                });
    }

    private static void assertCompletes(TestJob job, PodEmulation pod, Map<String, String> environment)
            throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(Map.of("JOB_COMPLETION_INDEX", "1", "FILEJOB_ATTEMPT", "89abcdef"));
        int status = pod.status(pod.start(job, all, TestJob.NAME));
        assertThat(status).as(Files.readString(pod.log())).isZero();
    }

    @Test
    void anOutputThatOneNodeCannotWrite() throws Exception {
        Path output = out.resolve("sums.csv");
        try (TestJob job = new TestJob(spec(output.toString()), 2, folder);
                PodEmulation bad = pod("bad", FILES_OF_16_KIB);
                PodEmulation good = pod("good")) {
            assertFails(job, bad, Map.of(), ExitCode.NO_OUTPUT, output.toString(), "cannot be written");
            assertThat(output).doesNotExist();

            assertCompletes(job, good, Map.of());
            assertThat(output).hasContent(expected);
            assertThat(out)
                    .isDirectoryContaining(output::equals)
                    .isDirectoryNotContaining(file -> !file.equals(output));
        }
    }

    @Test
    void aTokenThatOneNodeCannotRead() throws Exception {
        Path output = out.resolve("sums.csv");
        try (TestJob job = new TestJob(spec(output.toString()), 2, folder);
                PodEmulation bad = pod("bad");
                PodEmulation good = pod("good")) {
            String token = folder.resolve("missing/token").toString();
            assertFails(
                    job,
                    bad,
                    Map.of("FILEJOB_KUBERNETES_TOKEN_FILE", token),
                    ExitCode.CREDENTIALS_REFUSED,
                    "token cannot be read from " + token);

            assertCompletes(job, good, Map.of());
            assertThat(output).hasContent(expected);
        }
    }

    @Test
    void aSecretThatOneNodeDoesNotMount() throws Exception {
        Path secrets = folder.resolve("secrets");
        Path secret = Files.createDirectories(secrets.resolve(S3Server.SECRET));
        Files.writeString(secret.resolve("AWS_ACCESS_KEY_ID"), S3Server.ACCESS_KEY);
        Files.writeString(secret.resolve("AWS_SECRET_ACCESS_KEY"), S3Server.SECRET_KEY);
        Path empty = folder.resolve("empty");
        Files.createDirectories(empty.resolve(S3Server.SECRET));
        try (S3Server storage = new S3Server(Files.createDirectory(folder.resolve("s3")))) {
            storage.bucket("sums");
            String spec = spec("s3://sums/sums.csv") + ", " + storage.yaml();
            try (TestJob job = new TestJob(spec, 2, folder);
                    PodEmulation bad = pod("bad");
                    PodEmulation good = pod("good")) {
                assertFails(
                        job,
                        bad,
                        Map.of("FILEJOB_SECRETS", empty.toString()),
                        ExitCode.BAD_MANIFEST,
                        "Secret s3 has no key AWS_ACCESS_KEY_ID");

                assertCompletes(job, good, Map.of("FILEJOB_SECRETS", secrets.toString()));
                assertThat(new String(storage.get("sums", "sums.csv"), StandardCharsets.UTF_8))
                        .isEqualTo(expected);
            }
        }
    }
}
