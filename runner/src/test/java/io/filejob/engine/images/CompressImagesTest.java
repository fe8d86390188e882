package io.filejob.engine.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.image.TestLibvips;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.security.Sha256;
import io.filejob.status.FileJobStatus;
import io.filejob.status.ImageCounts;
import io.filejob.status.ImagesResult;
import io.filejob.status.RowCounts;
import io.filejob.status.Summary;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.http.PageServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs that fetch images from a web server, and compress them with libvips. */
@Timeout(240)
final class CompressImagesTest {
    private static final String HEADER = "S. No.,Product Name,Input Image Urls\n";

    @TempDir
    private Path folder;

    private PageServer server;

    @BeforeEach
    void start() throws IOException {
        TestLibvips.load();
        server = new PageServer();
        for (int i = 0; i < 6; i++) {
            server.put(i + ".jpg", TestPictures.jpeg(i));
        }
        server.put("page.jpg", "<html>not here</html>".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String url(String name) {
        return server.uri(name);
    }

    private LocalRun.RunOutcome run(String input, String more) throws Exception {
        FileJob job = ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: images}
                spec:
                  workers: 2
                  input: {files: [%s]}
                  operation: {compressImages: {to: {uri: out}, limits: {seconds: 20}}}
                  output: {uri: out.csv}
                  %s
                """.formatted(input, more));
        LocalOptions options = new LocalOptions(folder, Secrets.NONE, Mounts.NONE, null, false, null, _ -> {});
        return new LocalRun(job, options, Clock.systemUTC()).run();
    }

    private FileJobStatus complete(String input, String more) throws Exception {
        LocalRun.RunOutcome outcome = run(input, more);
        assertThat(outcome.failure()).isNull();
        return outcome.status();
    }

    private JobFailedException failure(String input, String more) throws Exception {
        return Objects.requireNonNull(run(input, more).failure());
    }

    private List<String> stored() throws IOException {
        if (!Files.exists(folder.resolve("out"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.resolve("out").relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private String[] outputUrls(String record) {
        String last = record.substring(
                record.endsWith("\"") ? record.lastIndexOf('"', record.length() - 2) + 1 : record.lastIndexOf(',') + 1);
        return last.replace("\"", "").split(",", -1);
    }

    @Test
    void imagesAreStoredAndNamedInTheRowsAndFailedOnesAreRejected() throws Exception {
        Files.writeString(
                folder.resolve("list.csv"),
                HEADER + "7,\"Chair, red\",\"" + url("0.jpg") + ", " + url("missing.jpg") + "," + url("1.jpg") + "\"\n"
                        + "8,Desk\n"
                        + "9,Lamp," + url("0.jpg") + "\n"
                        + "10,Rug," + url("page.jpg") + "\n");

        FileJobStatus status = complete("list.csv", "onBadRecord: skip\n  rejects: {uri: rejects.csv}");

        List<String> rows = Files.readAllLines(folder.resolve("out.csv"));
        assertThat(rows).hasSize(4);
        assertThat(rows.getFirst()).isEqualTo(HEADER.strip() + ",Output Image Urls");
        assertThat(rows.get(1)).startsWith("7,\"Chair, red\",\"" + url("0.jpg") + ", " + url("missing.jpg"));
        String[] chair = outputUrls(rows.get(1));
        assertThat(chair).hasSize(3);
        assertThat(chair[0]).startsWith("out/7-1-").endsWith(".jpg");
        assertThat(chair[1]).isEmpty();
        assertThat(chair[2]).startsWith("out/7-3-").endsWith(".jpg");
        String[] lamp = outputUrls(rows.get(2));
        assertThat(lamp).hasSize(1);
        assertThat(lamp[0]).startsWith("out/9-1-");
        assertThat(rows.get(3)).isEqualTo("10,Rug," + url("page.jpg") + ",");
        assertThat(stored().stream().map(name -> "out/" + name)).containsExactlyInAnyOrder(chair[0], chair[2], lamp[0]);
        long out = 0;
        for (String name : stored()) {
            byte[] image = Files.readAllBytes(folder.resolve("out").resolve(name));
            out += image.length;
            assertThat(name)
                    .contains("-" + new Sha256().update(image, 0, image.length).hex(6) + ".");
            assertThat(image).startsWith(0xFF, 0xD8, 0xFF);
        }
        long in = 2L * TestPictures.jpeg(0).length + TestPictures.jpeg(1).length;
        ImageCounts counts = ((ImagesResult) Objects.requireNonNull(status.result())).images();
        assertThat(counts).isEqualTo(new ImageCounts(5, 3, 0, 2, in, out));
        assertThat(out).isLessThan(in);
        assertThat(status.rows()).isEqualTo(new RowCounts(4, 3, 1));
        Summary summary = Objects.requireNonNull(status.summary());
        assertThat(summary.result()).startsWith("5 images, ").endsWith("% smaller");
        assertThat(status.message()).contains("2 failed").contains("1 file, 1 rejected");
        String list = folder.resolve("list.csv").toString();
        assertThat(Files.readAllLines(folder.resolve("rejects.csv")))
                .containsExactly(
                        "source,line,column,reason,record",
                        list + ",2,Input Image Urls,NotFound," + url("missing.jpg"),
                        list + ",3,,\"has 2 fields, the header has 3\",\"8,Desk\"",
                        list + ",5,Input Image Urls,NotAnImage," + url("page.jpg"));
        assertThat(Objects.requireNonNull(status.rejected()).samples())
                .extracting(sample -> sample.line() + " " + sample.reason())
                .containsExactly("2 NotFound", "3 has 2 fields, the header has 3", "5 NotAnImage");
    }

    /** Whether libvips decodes HEIC depends on its build; see {@code HeicImagesTest}. */
    @Test
    void heicBecomesJpegOrIsRejectedByNameAndTiffStaysTiff() throws Exception {
        server.put("photograph", TestLibvips.heic());
        server.put("scan", TestPictures.tiff());
        Files.writeString(
                folder.resolve("list.csv"), HEADER + "1,Chair," + url("photograph") + "\n2,Desk," + url("scan") + "\n");

        complete("list.csv", "onBadRecord: skip\n  rejects: {uri: rejects.csv}");

        List<String> rows = Files.readAllLines(folder.resolve("out.csv"));
        assertThat(outputUrls(rows.get(2))[0]).startsWith("out/2-1-").endsWith(".tif");
        if (TestLibvips.decodesHeic()) {
            assertThat(outputUrls(rows.get(1))[0]).startsWith("out/1-1-").endsWith(".jpg");
            assertThat(stored()).hasSize(2);
        } else {
            assertThat(outputUrls(rows.get(1))).containsExactly("");
            assertThat(Files.readAllLines(folder.resolve("rejects.csv")).getLast())
                    .endsWith(",2,Input Image Urls,UnsupportedFormat," + url("photograph"));
            assertThat(stored()).hasSize(1);
        }
    }

    @Test
    void nothingIsFetchedUnlessTheWholeListIsGood() throws Exception {
        Files.writeString(folder.resolve("a.csv"), HEADER + "1,Chair," + url("0.jpg") + "\n");
        Files.writeString(folder.resolve("b.csv"), HEADER + "2,Desk,\n1,Lamp," + url("1.jpg") + "\n");
        JobFailedException failure = failure("a.csv, b.csv", "");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(String.valueOf(failure.getMessage()).lines())
                .containsExactly(
                        "the list of images has 2 problems; nothing was fetched:",
                        folder.resolve("b.csv") + ":2: column \"Input Image Urls\": \"\": no URL",
                        folder.resolve("b.csv")
                                + ":3: column \"S. No.\": \"1\": an earlier row has this serial number");
        assertThat(server.ranges()).isEmpty();
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void theFirstFailedImageFailsTheJobAndNothingIsLeft() throws Exception {
        Files.writeString(
                folder.resolve("list.csv"),
                HEADER + "1,Chair," + url("0.jpg") + "\n2,Desk," + url("page.jpg") + "\n3,Lamp," + url("none.jpg")
                        + "\n");
        JobFailedException failure = failure("list.csv", "");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure)
                .hasMessage(folder.resolve("list.csv") + ":3: column \"Input Image Urls\": \"" + url("page.jpg")
                        + "\": NotAnImage");
        assertThat(folder.resolve("out.csv")).doesNotExist();
        assertThat(stored()).isEmpty();
    }

    @Test
    void failedImagesCountAsBadRecords() throws Exception {
        Files.writeString(
                folder.resolve("list.csv"),
                HEADER + "1,Chair," + url("0.jpg") + "\n2,Desk," + url("page.jpg") + "\n,Lamp," + url("none.jpg")
                        + "\n");
        JobFailedException failure = failure("list.csv", "onBadRecord: skip\n  tolerated: {records: 1}");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure).hasMessageStartingWith("2 of 5 rows and images are bad, more than tolerated (1)");
        assertThat(complete("list.csv", "onBadRecord: skip\n  tolerated: {percent: 40}")
                        .message())
                .contains("2 images");
    }

    @Test
    void aPackedListOfManySlicesHasEachImageOnce() throws Exception {
        StringBuilder text = new StringBuilder(HEADER);
        for (int row = 0; row < 3000; row++) {
            // Random names are hardly packed, so that there are several slices.
            String name = new Sha256().update("" + row).hex(12);
            text.append(String.format(Locale.ROOT, "%d,%s,%s\n", row, name, url(row % 6 + ".jpg")));
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("list.csv.gz"), packed.toByteArray());
        FileJobStatus status = complete("list.csv.gz", "");
        assertThat(Objects.requireNonNull(status.slices()).total()).isGreaterThan(10);
        List<String> rows = Files.readAllLines(folder.resolve("out.csv"));
        assertThat(rows).hasSize(3001);
        List<String> named = new ArrayList<>();
        for (int row = 0; row < 3000; row++) {
            assertThat(rows.get(row + 1)).startsWith(row + ",");
            named.add(outputUrls(rows.get(row + 1))[0].substring("out/".length()));
        }
        assertThat(stored()).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void aListWithoutRowsHasNoImages() throws Exception {
        Files.writeString(folder.resolve("list.csv"), HEADER);
        Files.writeString(folder.resolve("empty.csv"), "");
        assertThat(complete("list.csv, empty.csv", "").message()).isEqualTo("0 images, of 0 rows in 2 files");
        assertThat(folder.resolve("out.csv")).hasContent(HEADER.strip() + ",Output Image Urls");
        assertThat(complete("empty.csv", "").message()).isEqualTo("0 images, of 0 rows in 1 file");
    }
}
