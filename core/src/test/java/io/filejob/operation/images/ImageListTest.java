package io.filejob.operation.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.csv.CsvDialect;
import io.filejob.examples.Seeds;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Rejection;
import io.filejob.spec.images.ImageColumnsSpec;
import io.filejob.status.RowCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of images: their check, and the images that later stages find in them. */
final class ImageListTest {
    private static final String HEADER = "S. No.,Product Name,Input Image Urls\n";
    private static final long MEMORY = 1 << 20;

    private static ImageListFiles files(List<String> texts) {
        return new MemoryListFiles(texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    private static ImageListReader reader(ImageListFiles files, ImageColumnsSpec columns) {
        return new ImageListReader(CsvDialect.standard(), columns, 1 << 20, files);
    }

    private static ImageListReader reader(ImageListFiles files) {
        return reader(files, new ImageColumnsSpec(null, null, null));
    }

    private static CheckedImageList check(boolean skips, String... texts) {
        ImageListFiles files = files(List.of(texts));
        return new ImageListCheck(reader(files), files, skips, MEMORY).run();
    }

    private static void assertRefused(String text, String... problems) {
        assertThatThrownBy(() -> check(false, text))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
                .message()
                .satisfies(message -> assertThat(message.lines().toList()).endsWith(problems));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "S. No.,Product Name,Input Image Urls",
                "s no,PRODUCTNAME,input.image.urls",
                "\"S.No\",Product  Name,\"Input Image\u00a0Urls\"",
                "\ufeffS. No.,Product Name,Input Image Urls"
            })
    void columnsAreFoundWithoutCaseBlanksAndDots(String header) {
        CheckedImageList list = check(false, header + "\n1,Chair,http://host/a.jpg\n");
        assertThat(list.partial().images()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "No,Product Name,Input Image Urls|a.csv: no column \"S. No.\"; it has \"No\", \"Product Name\", \"Input Image Urls\"; did you mean \"No\"?",
                "S. No.,Product Name,Input Image Urls,S NO|a.csv: two columns \"S. No.\"; it has \"S. No.\", \"Product Name\", \"Input Image Urls\", \"S NO\"",
                "S. No.,Product Name,Input Image Urls,output image urls|a.csv: it has the column \"Output Image Urls\", which the output adds; rename it"
            })
    void columnsThatAreMissingOrDoubledAreNamed(String header, String problem) {
        assertRefused(header + "\n", problem);
    }

    @Test
    void allProblemsOfColumnsAreNamedAtOnce() {
        assertThatThrownBy(() -> check(true, "a,b\n", "S. No.,c\n"))
                .hasMessage("the list of images has 4 problems; nothing was fetched:\n"
                        + "a.csv: no column \"S. No.\"; it has \"a\", \"b\"\n"
                        + "a.csv: no column \"Product Name\"; it has \"a\", \"b\"\n"
                        + "a.csv: no column \"Input Image Urls\"; it has \"a\", \"b\"\n"
                        + "b.csv: its columns (\"S. No.\", \"c\") are not those of a.csv (\"a\", \"b\"); give all files"
                        + " the same columns in the same order");
    }

    @Test
    void columnsMayBeGivenByPosition() {
        ImageListFiles files = files(List.of("x,y,z\n7,Chair,http://host/a.jpg\n"));
        ImageListReader reader = reader(files, new ImageColumnsSpec("#1", "#2", "#3"));
        List<String> serials = new ArrayList<>();
        reader.readAll(new long[0], row -> serials.add(row.serial()));
        assertThat(serials).containsExactly("7");
        assertThatThrownBy(() ->
                        reader(files, new ImageColumnsSpec("#1", "#2", "#4")).columns())
                .hasMessage("a.csv: no column \"#4\"; it has \"x\", \"y\", \"z\"");
    }

    @Test
    void allProblemsOfRowsAreNamedAtOnceInFileOrder() {
        assertRefused(
                HEADER + "1,Chair,http://host/a.jpg\n,Desk,http://host/b.jpg\n\n2,\"Lamp\nred\",\n"
                        + "1,Sofa,http://host/c.jpg\n3,Rug\n4,Bed,ftp://host/d.jpg\n5,Cup,\"http://host/e.jpg,,x\"\n"
                        + ",Jar,x\n",
                "the list of images has 8 problems; nothing was fetched:",
                "a.csv:3: column \"S. No.\": \"\": no serial number",
                "a.csv:5: column \"Input Image Urls\": \"\": no URL",
                "a.csv:7: column \"S. No.\": \"1\": an earlier row has this serial number",
                "a.csv:8: \"3,Rug\": has 2 fields, the header has 3",
                "a.csv:9: column \"Input Image Urls\": \"ftp://host/d.jpg\": not an absolute http:, https:, s3: or file:"
                        + " URL (%2C is a comma within a URL)",
                "a.csv:10: column \"Input Image Urls\": \"http://host/e.jpg,,x\": entry 2 is empty; entry 3 is not an"
                        + " absolute http:, https:, s3: or file: URL (%2C is a comma within a URL)",
                "a.csv:11: column \"S. No.\": \"\": no serial number",
                "a.csv:11: column \"Input Image Urls\": \"x\": not an absolute http:, https:, s3: or file: URL (%2C is a"
                        + " comma within a URL)");
    }

    @Test
    void atMostOneHundredAreShownAndAllAreCounted() {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 150; i++) {
            text.append(i % 2 == 0 ? "1" : "").append(",x,http://host/a\n");
        }
        assertThatThrownBy(() -> check(false, text.toString())).message().satisfies(message -> assertThat(
                        message.lines().toList())
                .hasSize(102)
                .startsWith("the list of images has 149 problems; nothing was fetched:")
                .endsWith("and 49 more")
                .contains("a.csv:101: column \"S. No.\": \"\": no serial number"));
    }

    @Test
    void aQuoteThatIsNeverClosedFailsUnderSkipToo() {
        assertThatThrownBy(() -> check(true, HEADER + ",x,y\n1,\"Chair,http://host/a.jpg\n"))
                .hasMessageStartingWith("a.csv:3: ")
                .hasMessageEndingWith("quote opened here is never closed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://host",
                "HTTPS://host:8080/a b?c",
                "//host/a",
                "host/a.jpg",
                "/data/a.jpg",
                "s3://bucket",
                "s3://bucket/",
                "file:a.jpg",
                "file://host/a.jpg",
                "file:///data/",
                "http://user@host/a",
                "https:///a",
                "http://[::1/a",
                "http://host]/a",
                "http://host:port/a",
                "mailto:x@host"
            })
    void onlyTheFirstIsNotAUrlOfAFile(String url) {
        assertThat(ImageUrls.problem(List.of(url)) == null).isEqualTo(url.equals("http://host"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://host/a,HTTPS://host:8080/b?c=d%2Ce#f",
                " s3://bucket/a/b.jpg , file:///data/c.jpg",
                "file:/x"
            })
    void urlsAreSeparatedByCommas(String field) {
        assertThat(ImageUrls.problem(ImageUrls.split(field))).isNull();
    }

    /** Every image of a good row is found once, by any division, with the line of its row. */
    @Test
    void laterStagesFindTheImagesOfGoodRowsByMarks() {
        Seeds.repeat(60, random -> {
            NaiveList naive = new NaiveList(random);
            ImageListFiles files = files(naive.texts);
            CheckedImageList list = new ImageListCheck(reader(files), files, true, naive.memory).run();
            assertThat(list.partial().images()).isEqualTo(naive.images.size());
            assertThat(list.rows())
                    .isEqualTo(new RowCounts(naive.rows, naive.rows - naive.bad.size(), naive.bad.size()));
            assertThat(list.samples().stream().map(Rejection::line).toList())
                    .isEqualTo(naive.bad.stream().limit(10).toList());
            ImageListReader reader = reader(files);
            int slices = random.nextInt(1, 12);
            List<String> found = new ArrayList<>();
            for (int slice = 0; slice < slices; slice++) {
                long first = CompressImagesType.firstImage(slice, slices, naive.images.size());
                long end = CompressImagesType.firstImage(slice + 1, slices, naive.images.size());
                reader.read(list.partial(), first, end, row -> {
                    for (int i = 0; i < row.urls().size(); i++) {
                        long image = row.firstImage() + i;
                        if (image >= first && image < end) {
                            found.add(image + " " + row.file() + ":" + row.line() + " " + row.serial() + " "
                                    + row.urls().get(i));
                        }
                    }
                });
            }
            assertThat(found).isEqualTo(naive.images);
            List<Long> bad = new ArrayList<>();
            reader.readAll(list.partial().duplicateRows(), new ImageListVisitor() {
                @Override
                public void row(ImageListRow row) {
                    assertThat(row.fields()).hasNumberOfRows(3);
                }

                @Override
                public void bad(BadListRow row) {
                    bad.add(row.line());
                }
            });
            assertThat(bad).isEqualTo(naive.bad);
        });
    }

    /** Random files, and the problems that a check with everything in memory finds in them. */
    private static final class NaiveList {
        final List<String> texts = new ArrayList<>();
        final List<String> images = new ArrayList<>();
        final List<Long> bad = new ArrayList<>();
        final long memory;
        long rows;

        NaiveList(SplittableRandom random) {
            // Less than the serial numbers of large lists take.
            memory = random.nextBoolean() ? MEMORY : 1;
            Set<String> serials = new HashSet<>();
            int range = random.nextBoolean() ? 20 : 1_000_000;
            int padding = random.nextInt(4) == 0 ? 2000 : 5;
            for (int file = 0; file < random.nextInt(1, 4); file++) {
                StringBuilder text = new StringBuilder(HEADER);
                long line = 2;
                int count = random.nextInt(8) == 0 ? random.nextInt(6000) : random.nextInt(60);
                for (int row = 0; row < count; row++) {
                    String serial = random.nextInt(20) == 0 ? "" : "" + random.nextInt(range);
                    String name = random.nextInt(5) == 0 ? "two\nlines" : "x".repeat(random.nextInt(padding));
                    List<String> urls = new ArrayList<>();
                    for (int i = random.nextInt(1, 4); i > 0; i--) {
                        urls.add(random.nextInt(30) == 0 ? "ftp" : "http://host/" + random.nextInt(100));
                    }
                    text.append("%s,\"%s\",\"%s\"\n".formatted(serial, name, String.join(",", urls)));
                    rows++;
                    if (serial.isEmpty() || urls.contains("ftp") || !serials.add(serial)) {
                        bad.add(line);
                    } else {
                        for (String url : urls) {
                            images.add(images.size() + " " + file + ":" + line + " " + serial + " " + url);
                        }
                    }
                    line += name.contains("\n") ? 2 : 1;
                }
                texts.add(text.toString());
            }
        }
    }
}
