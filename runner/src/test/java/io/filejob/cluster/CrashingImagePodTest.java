package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.image.TestLibvips;
import io.filejob.storage.local.InFlightFile;
import io.filejob.testing.http.RawServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod that is killed while it compresses an image names the image, and other pods skip those that the operator names. */
final class CrashingImagePodTest {
    private static final int SIDE = 1700;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private static byte[] picture() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIDE * SIDE; i++) {
            picture.setRGB(i % SIDE, i / SIDE, random.nextInt(1 << 24));
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", file);
        return file.toByteArray();
    }

    @Test
    void anImageInTheJobsConfigMapIsNotTriedAgain() throws Exception {
        byte[] picture = picture();
        AtomicInteger requests = new AtomicInteger();
        try (RawServer server = new RawServer((request, response) -> {
                    boolean isThere = request.line().contains("/large.jpg");
                    requests.addAndGet(isThere ? 1 : 0);
                    response.write("HTTP/1.1 " + (isThere ? 200 : 404) + " X\r\nConnection: close\r\nContent-Length: "
                            + (isThere ? picture.length : 0) + "\r\n\r\n");
                    if (isThere) {
                        response.write(picture);
                    }
                });
                PodEmulation pod = new PodEmulation(folder)) {
            Files.writeString(folder.resolve("list.csv"), """
                    S. No.,Product Name,Input Image Urls
                    1,lamp,%1$s/missing.jpg
                    2,chair,"%1$s/gone.jpg,%1$s/large.jpg"
                    """.formatted(server.uri()));
            String spec = """
                    input: {files: ['%1$s/list.csv']}, onBadRecord: skip, network: {allowPrivate: ['127.0.0.1']},
                      operation: {compressImages: {to: {uri: '%1$s/out'}, format: avif}}, output: {uri: '%1$s/out.csv'},
                      rejects: {uri: '%1$s/bad.csv'}\
                    """.formatted(folder);
            try (TestJob job = new TestJob(spec, 1, folder)) {
                Map<String, String> environment = new HashMap<>(
                        Map.of("FILEJOB_LIBVIPS", TestLibvips.path(), PodEnvironment.ALLOW_PRIVATE, "127.0.0.1"));
                Process killed = pod.start(job, environment, TestJob.NAME);
                await().atMost(LIMIT)
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> InFlightFile.message(pod.words()).item().isPresent() || !killed.isAlive());
                killed.destroyForcibly().onExit().join();
                assertThat(pod.status(killed)).as(Files.readString(pod.log())).isEqualTo(137);
                TerminationMessage message = TerminationMessage.parse(Files.readString(pod.words()));
                assertThat(message.slice()).hasValue(1);
                assertThat(message.item()).hasValue(2);

                job.annotate(ClusterNames.CRASHED + "=1:2");
                environment.put(PodEnvironment.ATTEMPT, "89abcdef");
                int status = pod.status(pod.start(job, environment, TestJob.NAME));

                assertThat(status).as(Files.readString(pod.log())).isZero();
                List<String> bad = Files.readAllLines(folder.resolve("bad.csv"));
                assertThat(bad).anyMatch(line -> line.contains("/large.jpg") && line.contains("Crashed"));
                assertThat(bad).anyMatch(line -> line.contains("/gone.jpg") && line.contains("NotFound"));
                assertThat(requests).hasValue(1);
            }
        }
    }
}
