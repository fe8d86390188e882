package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.image.TestLibvips;
import io.filejob.testing.http.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run whose workers are threads, and which a crash ends as a whole: in native code, or for lack of memory. The images
 * on the web have changed when it is started again.
 */
final class CrashedImageRunTest {
    private static final int ROWS = 600;
    /** The size of the list for each slice of images. */
    private static final int BYTES_PER_SLICE = 2 << 10;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private final AtomicReference<byte[]> picture = new AtomicReference<>();
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void begin() throws IOException {
        picture.set(CrashingImageTest.picture(48));
    }

    private RawServer server() throws IOException {
        return new RawServer((request, response) -> {
            requests.add(request.line());
            byte[] content = picture.get();
            response.write("HTTP/1.1 200 OK\r\nContent-Length: " + content.length + "\r\nConnection: close\r\n\r\n");
            response.write(content);
        });
    }

    private Path manifest(String server) {
        StringBuilder list = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
        for (int row = 0; row < ROWS; row++) {
            list.append(row + ",product," + server + "/" + row + ".jpg\n");
        }
        bench.write("list.csv", list.toString());
        return bench.manifest(
                "job.yaml",
                "workers: 2, input: {files: [list.csv]}, operation: {compressImages: {to: {uri: out}}},"
                        + " output: {uri: out.csv}");
    }

    private FilejobProcess start(Object... arguments) {
        // A crash of the JVM describes itself in a file.
        String report = "-XX:ErrorFile=" + bench.path("crash.log");
        return bench.start(
                new Workbench.How()
                        .environment(Map.of("FILEJOB_LIBVIPS", TestLibvips.path()))
                        .jvm(report)
                        .jvm("-XX:-CreateCoredumpOnCrash"),
                arguments);
    }

    /** Returns the names of the images in the folder. */
    private List<String> images() {
        Path folder = bench.path("out");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return Workbench.names(folder).stream()
                .filter(name -> name.endsWith(".jpg"))
                .toList();
    }

    /**
     * Waits until images are stored of which no ledger tells, in a run that has finished slices of images, and suspends it
     * then.
     */
    private void stopWhileImagesAreStored(FilejobProcess run, Path store) {
        Ledgers ledgers = new Ledgers(store);
        Moments.until("images without a ledger", () -> {
            assertThat(run.isAlive()).isTrue();
            if (ledgers.done().size() <= 1) {
                return false;
            }
            run.signal("STOP");
            boolean isBetween = !withoutLedger(ledgers.done()).isEmpty();
            if (!isBetween) {
                run.signal("CONT");
            }
            return isBetween;
        });
    }

    /** Returns the rows with images that are in none of the slices {@code done}; the first slice is the check of the list. */
    private List<Integer> withoutLedger(Set<Integer> done) {
        long bytes = bench.path("list.csv").toFile().length();
        int slices = Math.toIntExact(Math.ceilDiv(bytes, BYTES_PER_SLICE));
        return images().stream()
                .map(name -> Integer.parseInt(name, 0, name.indexOf('-'), 10))
                .filter(row -> done.stream()
                        .filter(slice -> slice > 0)
                        .noneMatch(slice -> row >= ROWS * (slice - 1) / slices && row < ROWS * slice / slices))
                .toList();
    }

    private void assertComplete(FilejobProcess.End end) throws IOException {
        JsonNode status = end.with(0).timelessStatus();
        assertThat(status.at("/result/images/in").asInt()).isEqualTo(ROWS);
        assertThat(status.at("/result/images/compressed").asInt()).isEqualTo(ROWS);
    }

    /** Returns the images that the output names, one for each row. */
    private List<String> named() throws IOException {
        List<String> rows = Files.readAllLines(bench.path("out.csv"));
        assertThat(rows).hasSize(ROWS + 1);
        for (int row = 0; row < ROWS; row++) {
            assertThat(rows.get(row + 1)).matches(row + ",product,[^,]*,out/" + row + "-1-[0-9a-f]{12}[.]jpg");
        }
        return rows.stream()
                .skip(1)
                .map(row -> row.substring(row.lastIndexOf('/') + 1))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "SEGV"})
    void isContinuedFromItsStoreWithoutAnOrphan(String signal) throws Exception {
        try (RawServer server = server()) {
            Path manifest = manifest(server.uri());
            Path store = bench.path("store");
            FilejobProcess run = start("run", "-q", "-o", "json", "--store", store, manifest);
            stopWhileImagesAreStored(run, store);
            run.signal(signal);
            if (!signal.equals("KILL")) {
                // KILL ends a process that is suspended, too.
                run.signal("CONT");
            }
            // Without a core dump, the JVM ends with 1 after a crash.
            assertThat(run.end().status()).isEqualTo(signal.equals("KILL") ? 128 + 9 : 1);
            assertThat(Files.exists(bench.path("crash.log"))).isEqualTo(signal.equals("SEGV"));
            assertThat(bench.path("out.csv")).doesNotExist();
            Set<Integer> withoutLedger = Set.copyOf(withoutLedger(new Ledgers(store).done()));
            List<String> orphans = images().stream()
                    .filter(name -> withoutLedger.contains(Integer.parseInt(name, 0, name.indexOf('-'), 10)))
                    .toList();
            assertThat(orphans).isNotEmpty();

            picture.set(CrashingImageTest.picture(56));
            requests.clear();
            assertComplete(
                    start("run", "-q", "-o", "json", "--store", store, manifest).end());
            assertThat(images()).as("neither orphans nor gaps").containsExactlyElementsOf(named());
            assertThat(Workbench.names(bench.path("out"))).as("nor lists").isEqualTo(images());
            assertThat(requests).as("finished slices are not repeated").hasSizeLessThan(ROWS);
            assertThat(orphans).doesNotContainAnyElementsOf(images());
        }
        bench.assertNoScratch();
    }

    /** Images of earlier slices, which a complete job of the same list needs, stay. */
    @Test
    void withoutAStoreItsImagesCanBeCleanedUp() throws Exception {
        try (RawServer server = server()) {
            Path manifest = manifest(server.uri());
            FilejobProcess run = start("run", "-q", manifest);
            Moments.until("images are stored", () -> {
                assertThat(run.isAlive()).isTrue();
                return images().size() > 2;
            });
            run.kill();
            List<String> before = images();
            String job = lists().getFirst().replaceFirst("[.].*", "");

            assertComplete(start("run", "-q", "-o", "json", manifest).end());
            assertThat(named()).containsAll(before);
            picture.set(CrashingImageTest.picture(56));
            FilejobProcess.End cleanup =
                    start("cleanup", "--job", job, manifest).end().with(0);
            assertThat(cleanup.out())
                    .as("the complete job needs all images of the other")
                    .isEmpty();
            assertThat(images()).containsExactlyElementsOf(named());
            assertThat(Workbench.names(bench.path("out"))).as("lists").isEqualTo(images());
        }
        bench.assertNoScratch();
    }

    private List<String> lists() {
        return Workbench.names(bench.path("out/.filejob"));
    }
}
