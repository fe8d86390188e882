package io.filejob.engine.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.image.TestLibvips;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.status.FileJobStatus;
import io.filejob.status.ImageCounts;
import io.filejob.status.ImagesResult;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.http.PageServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A redrive fetches the images that failed, and no others. */
@Timeout(240)
final class RedrivenImagesTest {
    private static final String HEADER = "S. No.,Product Name,Input Image Urls\n";

    @TempDir
    private Path folder;

    private PageServer server;

    @BeforeEach
    void start() throws IOException {
        TestLibvips.load();
        server = new PageServer();
        server.put("0.jpg", TestPictures.jpeg(0));
        server.put("1.jpg", TestPictures.jpeg(1));
        Files.writeString(
                folder.resolve("list.csv"),
                HEADER
                        + "1,Chair,\"%s,%s\"\n2,Lamp,%s\n"
                                .formatted(server.uri("0.jpg"), server.uri("late.jpg"), server.uri("1.jpg")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private FileJobStatus run(@Nullable AtomicInteger redriven) throws Exception {
        FileJob job = ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: images}
                spec:
                  workers: 2
                  onBadRecord: skip
                  input: {files: [list.csv]}
                  operation: {compressImages: {to: {uri: out}, limits: {seconds: 20}}}
                  output: {uri: out.csv}
                """);
        LocalOptions options = new LocalOptions(
                folder,
                Secrets.NONE,
                Mounts.NONE,
                folder.resolve("store").toString(),
                false,
                null,
                _ -> {},
                null,
                _ -> {},
                redriven == null ? null : redriven::set,
                null);
        LocalRun.RunOutcome outcome = new LocalRun(job, options, Clock.systemUTC()).run();
        assertThat(outcome.failure()).isNull();
        return outcome.status();
    }

    private FileJobStatus redrive(int slices) throws Exception {
        AtomicInteger redriven = new AtomicInteger(-1);
        FileJobStatus status = run(redriven);
        assertThat(redriven).hasValue(slices);
        return status;
    }

    private static ImageCounts counts(FileJobStatus status) {
        return ((ImagesResult) Objects.requireNonNull(status.result())).images();
    }

    private List<Path> stored() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void onlyTheFailedImageIsFetchedAgain() throws Exception {
        FileJobStatus first = run(null);
        assertThat(counts(first).failed()).isEqualTo(1);
        assertThat(stored()).hasSize(2);
        String before = Files.readString(folder.resolve("out.csv"));

        int requests = server.ranges().size();
        assertThat(counts(redrive(1))).as("still missing").isEqualTo(counts(first));
        assertThat(folder.resolve("out.csv")).hasContent(before);

        server.put("late.jpg", TestPictures.jpeg(2));
        FileJobStatus again = redrive(1);
        ImageCounts counts = counts(again);
        assertThat(counts.in()).isEqualTo(3);
        assertThat(counts.failed()).isZero();
        assertThat(counts.bytesIn()).isEqualTo(counts(first).bytesIn() + TestPictures.jpeg(2).length);
        assertThat(stored()).hasSize(3);
        for (Path image : stored()) {
            assertThat(Files.readString(folder.resolve("out.csv"))).contains("out/" + image.getFileName());
        }
        assertThat(server.ranges().size() - requests)
                .as("the only page that was sent is that of the image that was missing")
                .isEqualTo(1);
        assertThat(again.rejected()).isNull();

        assertThat(counts(redrive(0))).isEqualTo(counts);
        assertThat(server.ranges().size() - requests).isEqualTo(1);
    }

    @Test
    void imagesThatWereDeletedMeanwhileAreFetchedAgain() throws Exception {
        run(null);
        Files.delete(stored().getFirst());
        server.put("late.jpg", TestPictures.jpeg(2));

        FileJobStatus again = redrive(1);
        assertThat(counts(again).failed()).isZero();
        assertThat(stored()).hasSize(3);
    }
}
