package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.cluster.TerminationMessage;
import io.filejob.image.TestLibvips;
import io.filejob.storage.local.InFlightFile;
import io.filejob.testing.http.RawServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An image that ends the process when it is compressed, as a crash of native code or a lack of memory does. */
final class CrashingImageTest {
    private static final int ROWS = 6;
    /** The row of the image that kills its workers, which is also its number in the slice. */
    private static final int BAD = 3;
    /** Its compression takes so long that the process can be killed meanwhile. */
    private static final int SIDE = 1700;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private final Set<Path> ended = new HashSet<>();

    static byte[] picture(int side) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < side * side; i++) {
            picture.setRGB(i % side, i / side, random.nextInt(1 << 24));
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", file);
        return file.toByteArray();
    }

    private RawServer server(ConcurrentLinkedQueue<String> requests) throws IOException {
        byte[] small = picture(48);
        byte[] large = picture(SIDE);
        return new RawServer((request, response) -> {
            requests.add(request.line());
            byte[] picture = request.line().contains("/" + BAD + ".jpg") ? large : small;
            response.write("HTTP/1.1 200 OK\r\nContent-Length: " + picture.length + "\r\nConnection: close\r\n\r\n");
            response.write(picture);
        });
    }

    private FilejobProcess start(String server, String onBadRecord, String more) {
        StringBuilder list = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
        for (int row = 0; row < ROWS; row++) {
            list.append(String.format(Locale.ROOT, "%d,product,%s/%d.jpg\n", row, server, row));
        }
        bench.write("list.csv", list.toString());
        String spec = """
                workers: 1, input: {files: [list.csv]}, output: {uri: out.csv}, onBadRecord: %s,
                  operation: {compressImages: {to: {uri: out}, format: avif}}%s\
                """.formatted(onBadRecord, more);
        Path manifest = bench.manifest("job.yaml", spec);
        return bench.start(
                new Workbench.How().environment(Map.of("FILEJOB_LIBVIPS", TestLibvips.path())),
                "run",
                "--processes",
                "-q",
                "-o",
                "json",
                manifest);
    }

    /** Kills the worker process while it compresses the bad image. */
    private void killAtTheBadImage(FilejobProcess run) {
        int before = ended.size();
        Moments.until("a worker compresses the image", () -> {
            atTheBadImage().ifPresent(ended::add);
            return ended.size() > before || !run.isAlive();
        });
        assertThat(ended).hasSizeGreaterThan(before);
        assertThat(run.children().getFirst().destroyForcibly()).isTrue();
    }

    private Optional<Path> atTheBadImage() {
        try (Stream<Path> files =
                Files.find(bench.temporary(), 3, (path, _) -> path.toString().contains("/in-flight-"))) {
            return files.filter(path -> !ended.contains(path))
                    .filter(path -> {
                        TerminationMessage message = InFlightFile.message(path);
                        return message.item().orElse(-1) == BAD;
                    })
                    .findFirst();
        } catch (UncheckedIOException | NoSuchFileException e) {
            // A process has deleted its files meanwhile.
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isABadRecordAfterTwoDeaths() throws Exception {
        ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
        try (RawServer server = server(requests)) {
            FilejobProcess run = start(server.uri(), "skip", ", rejects: {uri: bad.csv}");
            killAtTheBadImage(run);
            killAtTheBadImage(run);
            JsonNode status = run.end().with(0).timelessStatus();

            assertThat(status.at("/result/images/in").asInt()).isEqualTo(ROWS);
            assertThat(status.at("/result/images/failed").asInt()).isEqualTo(1);
            assertThat(status.at("/rejected/samples/0/reason").asText()).isEqualTo("Crashed");
            assertThat(Files.readString(bench.path("bad.csv"))).contains("Crashed", server.uri() + "/" + BAD + ".jpg");
            List<String> rows = Files.readAllLines(bench.path("out.csv"));
            for (int row = 0; row < ROWS; row++) {
                assertThat(rows.get(row + 1)).matches(row + ",product,[^,]*," + (row == BAD ? "" : "out/.*[.]avif"));
            }
            assertThat(requests)
                    .filteredOn(line -> line.contains("/" + BAD + ".jpg"))
                    .as("it is not fetched for the third attempt")
                    .hasSize(2);
        }
        bench.assertNoScratch();
    }

    @Test
    void failsTheJobByNameIfBadRecordsDo() throws Exception {
        try (RawServer server = server(new ConcurrentLinkedQueue<>())) {
            FilejobProcess run = start(server.uri(), "fail", "");
            killAtTheBadImage(run);
            killAtTheBadImage(run);
            assertThat(run.end().with(65).err())
                    .contains("list.csv:" + (BAD + 2) + ": ", "Crashed", server.uri() + "/" + BAD + ".jpg");
        }
    }
}
