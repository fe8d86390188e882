package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.security.Sha256;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Counts plays by song and date: the same bytes on volumes and in object storage as on this machine. */
@NeedsNode
final class SongsTest {
    private static final int FILES = 5;
    private static final int ROWS = 20_000;
    private static final int SONGS = 100;
    private static final int DAYS = 28;

    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @TempDir
    private Path here;

    private static Manifest example(String name) throws IOException {
        return new Manifest(
                        Files.readString(Cluster.ROOT.resolve("k8s-examples").resolve(name + ".yaml")))
                .with("spec.input.sliceBytes", "400Ki")
                .with("spec.pod", Manifest.pod());
    }

    /** The same each time. */
    private static void writePlays(Path folder) throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(7);
        for (int file = 0; file < FILES; file++) {
            StringBuilder rows = new StringBuilder("Song,Date,Number of Plays\n");
            for (int row = 0; row < ROWS; row++) {
                rows.append("\"Song, \"\"No. ")
                        .append(random.nextInt(SONGS))
                        .append("\"\"\",2020-02-")
                        .append(String.format(Locale.ROOT, "%02d", 1 + random.nextInt(DAYS)))
                        .append(',')
                        .append(random.nextInt(1_000))
                        .append('\n');
            }
            Files.writeString(folder.resolve("plays-" + file + ".csv"), rows);
        }
    }

    private static FileJobStatus complete(Job job) {
        return job.await("Complete", status -> status.phase() == Phase.COMPLETE);
    }

    private static void assertSame(FileJobStatus status, Outcome local, Path there, Path here) throws IOException {
        assertThat(Outcome.of(status)).isEqualTo(local);
        assertThat(there).hasSameBinaryContentAs(here);
        assertThat(Objects.requireNonNull(status.result()).digest()).isEqualTo(Sha256.of(Files.readAllBytes(there)));
    }

    @Test
    void onVolumes() throws IOException {
        try (Volume songs = Volume.of(sandbox.namespace(), "songs").claimed();
                Volume totals = Volume.of(sandbox.namespace(), "totals").claimed()) {
            writePlays(songs.folder());
            Job job = sandbox.submit(example("songs"));
            FileJobStatus status = complete(job);

            Outcome local = Outcome.ofLocalRun(
                    job.manifest().yaml(), List.of("--mount", "/data=" + songs.folder(), "--mount", "/totals=" + here));
            assertSame(status, local, totals.folder().resolve("totals.csv"), here.resolve("totals.csv"));
        }
    }

    @Test
    void inObjectStorage() throws IOException {
        try (ObjectStorage storage = ObjectStorage.start()) {
            writePlays(here.resolve("plays"));
            storage.fill("music", "plays/", here.resolve("plays"));
            Job job = sandbox.submit(example("songs-s3").with("spec.s3.endpoint", '"' + storage.endpoint() + '"'));

            assertThat(job.awaitCondition("Running", "False", "SecretMissing").message())
                    .contains("there is no Secret s3 in this namespace: create it");
            Cluster.kubectl(
                            "create",
                            "secret",
                            "generic",
                            "s3",
                            "--from-env-file=" + storage.secret(),
                            "-n",
                            sandbox.namespace())
                    .ok();
            FileJobStatus status = complete(job);
            Path totals = storage.file("music", "totals.csv");
            Path there = Files.copy(totals, here.resolve("totals.csv"));

            Outcome local = Outcome.ofLocalRun(job.manifest().yaml(), List.of("--secret", "s3=" + storage.secret()));
            // It writes to the same object.
            assertSame(status, local, there, totals);
        }
    }
}
