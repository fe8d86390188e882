package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.image.TestLibvips;
import io.filejob.testing.http.RawServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes that compress images. */
final class ImageWorkersTest {
    private static final int ROWS = 400;
    /** Number of images after which the server waits. */
    private static final int SENT = 100;

    private static final int CONNECTIONS = 2;

    private static final String SPEC = """
            workers: 2, input: {files: [list.csv]}, operation: {compressImages: {to: {uri: out}}}, output: {uri: out.csv}\
            """;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private static byte[] picture() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        BufferedImage picture = new BufferedImage(48, 48, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 48 * 48; i++) {
            picture.setRGB(i % 48, i / 48, random.nextInt(1 << 24));
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", file);
        return file.toByteArray();
    }

    private Path manifest(String server) {
        StringBuilder list = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
        for (int row = 0; row < ROWS; row++) {
            list.append(String.format(Locale.ROOT, "%d,product,%s/%d.jpg\n", row, server, row));
        }
        bench.write("list.csv", list.toString());
        return bench.manifest("job.yaml", SPEC);
    }

    /** The server waits in the middle of the job, so that a worker is killed in the middle of a slice. */
    @Test
    void aKilledWorkerLeavesNoImageAndLosesNone() throws Exception {
        byte[] picture = picture();
        CountDownLatch killed = new CountDownLatch(1);
        try (RawServer server = new RawServer((request, response) -> {
            if (request.number() > SENT) {
                try {
                    killed.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            response.write("HTTP/1.1 200 OK\r\nContent-Length: " + picture.length + "\r\nConnection: close\r\n\r\n");
            response.write(picture);
        })) {
            Path manifest = manifest(server.uri());
            FilejobProcess run = start("run", "--processes", "-q", "-o", "json", manifest);
            Moments.until("both workers wait", () -> server.requests() == SENT + 2 * CONNECTIONS || !run.isAlive());
            assertThat(run.children().getFirst().destroyForcibly()).isTrue();
            killed.countDown();
            JsonNode status = run.end().with(0).timelessStatus();
            assertThat(status.at("/result/images/in").asInt()).isEqualTo(ROWS);
            assertThat(status.at("/result/images/compressed").asInt()).isEqualTo(ROWS);
        }
        List<String> named = new ArrayList<>();
        List<String> rows = Files.readAllLines(bench.path("out.csv"), StandardCharsets.UTF_8);
        assertThat(rows).hasSize(ROWS + 1);
        for (int row = 0; row < ROWS; row++) {
            assertThat(rows.get(row + 1)).matches(row + ",product,[^,]*,out/" + row + "-1-[0-9a-f]{12}[.]jpg");
            named.add(rows.get(row + 1).substring(rows.get(row + 1).lastIndexOf('/') + 1));
        }
        try (Stream<Path> stored = Files.walk(bench.path("out"))) {
            assertThat(stored.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
        bench.assertNoScratch();
    }

    @Test
    void aFailedJobIsContinuedOrCleanedUp() throws Exception {
        byte[] picture = picture();
        AtomicBoolean isThere = new AtomicBoolean();
        try (RawServer server = new RawServer((request, response) -> {
            boolean found = isThere.get() || !request.line().contains("/" + (ROWS - 1) + ".jpg");
            response.write(
                    found
                            ? "HTTP/1.1 200 OK\r\nContent-Length: " + picture.length + "\r\nConnection: close\r\n\r\n"
                            : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            if (found) {
                response.write(picture);
            }
        })) {
            Path manifest = manifest(server.uri());
            Path store = bench.path("store");
            FilejobProcess.End failed = start("run", "-q", "-w", 1, "--store", store, manifest)
                    .end()
                    .with(65);
            assertThat(failed.err()).contains("list.csv:" + (ROWS + 1) + ": ", "NotFound");
            assertThat(Workbench.names(bench.path("out"))).hasSizeGreaterThan(ROWS / 2);
            int before = server.requests();
            isThere.set(true);
            FilejobProcess.End continued = start("run", "-q", "-w", 1, "--store", store, manifest)
                    .end()
                    .with(0);
            assertThat(continued.err()).as("warnings of libraries").isEmpty();
            assertThat(server.requests() - before)
                    .as("finished slices are not repeated")
                    .isLessThan(ROWS / 2);
            assertThat(Workbench.names(bench.path("out"))).hasSize(ROWS);

            isThere.set(false);
            Path other = bench.path("other");
            bench.write("list.csv", Files.readString(bench.path("list.csv")).replace("product", "another"));
            start("run", "-q", "-w", 1, "--store", other, manifest).end().with(65);
            String removed =
                    start("cleanup", "--store", other, manifest).end().with(0).out();
            assertThat(removed).startsWith("the store ");
            assertThat(Workbench.names(bench.path("out")))
                    .as("images of the complete job")
                    .hasSize(ROWS);
        }
    }

    private FilejobProcess start(Object... arguments) {
        return bench.start(new Workbench.How().environment(Map.of("FILEJOB_LIBVIPS", TestLibvips.path())), arguments);
    }

    @Test
    void withoutLibvipsTheJobIsRefusedBeforeAnyWork() throws Exception {
        try (RawServer server = new RawServer((_, response) -> response.write("HTTP/1.1 404 Not Found\r\n\r\n"))) {
            Path manifest = manifest(server.uri());
            FilejobProcess.End end = bench.start(
                            new Workbench.How()
                                    .environment(Map.of(
                                            "FILEJOB_LIBVIPS",
                                            bench.path("none.so").toString())),
                            "run",
                            "-q",
                            manifest)
                    .end()
                    .with(78);
            assertThat(end.err())
                    .contains(
                            "spec.operation.compressImages: FILEJOB_LIBVIPS: libvips cannot be loaded",
                            "apt-get install");
            assertThat(server.requests()).isZero();
            assertThat(bench.path("out")).doesNotExist();
        }
    }
}
