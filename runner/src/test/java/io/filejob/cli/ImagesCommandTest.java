package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.engine.images.TestPictures;
import io.filejob.image.TestLibvips;
import io.filejob.manifest.ManifestReader;
import io.filejob.testing.http.PageServer;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs {@code filejob images} as users do: with images on a web server, and libvips. */
@Timeout(240)
final class ImagesCommandTest {
    @TempDir
    private Path folder;

    @Test
    void imagesOfACatalogueAreCompressed() throws IOException {
        TestLibvips.load();
        try (PageServer server = new PageServer()) {
            server.put("a.jpg", TestPictures.jpeg(1));
            server.put("b.jpg", TestPictures.jpeg(2));
            Files.writeString(
                    folder.resolve("catalogue.csv"),
                    "No,Title,Pictures\n1,Chair,%s\n2,Table,\"%s,%s\"\n"
                            .formatted(server.uri("a.jpg"), server.uri("b.jpg"), server.uri("none.jpg")));
            List<String> command = List.of(
                    "images",
                    "catalogue.csv",
                    "--serial",
                    "No",
                    "--product",
                    "Title",
                    "--urls",
                    "Pictures",
                    "--to",
                    "out/",
                    "--quality",
                    "20",
                    "--scale",
                    "50",
                    "--skip-bad",
                    "--rejects",
                    "bad.csv",
                    "-o",
                    "compressed.csv",
                    "-q");
            End end = CommandProcess.run(folder, Map.of(), command);
            assertThat(end.status()).as(end.err()).isZero();
            assertThat(end.out()).startsWith("3 images, ").contains("1 failed, of 2 rows in 1 file\n");

            List<String> rows = Files.readAllLines(folder.resolve("compressed.csv"));
            assertThat(rows).hasSize(3);
            assertThat(rows.getFirst()).isEqualTo("No,Title,Pictures,Output Image Urls");
            assertThat(rows.get(1)).matches("1,Chair,.*,.*out/1-1-[0-9a-f]{12}\\.jpg");
            assertThat(rows.get(2)).matches("2,Table,.*,\".*out/2-1-[0-9a-f]{12}\\.jpg,\"");
            assertThat(Files.readString(folder.resolve("bad.csv"))).contains("none.jpg", "NotFound");
            try (Stream<Path> images = Files.list(folder.resolve("out"))) {
                assertThat(images.toList()).hasSize(2).allSatisfy(image -> assertThat(Files.size(image))
                        .isPositive()
                        .isLessThan(TestPictures.jpeg(1).length / 2));
            }
        }
    }

    @Test
    void rowsArePrintedIfNoFileIsNamed() throws IOException {
        TestLibvips.load();
        try (PageServer server = new PageServer()) {
            server.put("a.jpg", TestPictures.jpeg(1));
            Files.writeString(
                    folder.resolve("c.csv"),
                    "S. No.,Product Name,Input Image Urls\n1,Chair,%s\n".formatted(server.uri("a.jpg")));
            End end =
                    CommandProcess.run(folder, Map.of(), List.of("images", "-q", "c.csv", "--to", "out/", "-o", "csv"));
            assertThat(end.status()).as(end.err()).isZero();
            assertThat(end.out()).startsWith("S. No.,Product Name,Input Image Urls,Output Image Urls\n1,Chair,");
            assertThat(end.out()).containsPattern("out/1-1-[0-9a-f]{12}\\.jpg\n$");
            try (Stream<Path> files = Files.list(folder.resolve("out"))) {
                assertThat(files.toList()).singleElement().asString().endsWith(".jpg");
            }
        }
    }

    @Test
    void rowsAreInTheNewFolderOfTheImages() throws IOException {
        TestLibvips.load();
        try (PageServer server = new PageServer()) {
            server.put("a.jpg", TestPictures.jpeg(1));
            Files.writeString(
                    folder.resolve("catalogue.csv"),
                    "S. No.,Product Name,Input Image Urls\n1,Chair,%s\n".formatted(server.uri("a.jpg")));
            End end = CommandProcess.run(folder, Map.of(), List.of("images", "catalogue.csv", "--to", "new/out", "-q"));
            assertThat(end.status()).as(end.err()).isZero();
            assertThat(Files.readAllLines(folder.resolve("new/out/catalogue-with-images.csv")))
                    .hasSize(2)
                    .last()
                    .asString()
                    .matches("1,Chair,.*,.*new/out/1-1-[0-9a-f]{12}\\.jpg");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "catalogue.csv, out/, out/catalogue-with-images.csv",
        "lists/shop.tsv.gz, out, out/shop-with-images.csv",
        "shop 2, s3://shop/images, s3://shop/images/shop 2-with-images.csv",
        "lists/*.csv, out, out/rows-with-images.csv",
        "-, out, out/rows-with-images.csv",
        "https://shop.example/list?id=1, out, out/rows-with-images.csv"
    })
    void rowsAreWrittenBesideTheImagesUnlessAFileIsNamed(String input, String to, String output) throws Exception {
        assertThat(outputOf("images", input, "--to", to, "--manifest")).isEqualTo(output);
        assertThat(outputOf("images", input, "--to", to, "-o", "other.csv", "--manifest"))
                .isEqualTo("other.csv");
    }

    private static @Nullable String outputOf(String... command) throws InvalidManifestException {
        return Objects.requireNonNull(
                        ManifestReader.read(End.of(command).out()).spec().output())
                .uri();
    }
}
