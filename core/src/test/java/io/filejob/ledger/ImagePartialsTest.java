package io.filejob.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.examples.Seeds;
import io.filejob.security.Sha256;
import io.filejob.status.ImageCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The results of {@code compressImages} in ledgers. */
final class ImagePartialsTest {
    private static final String DIGEST = "00ff12345678";

    @Test
    void listsComeBackAsTheyWere() {
        Seeds.repeat(100, random -> {
            List<ImageMark> marks = new ArrayList<>();
            ImageMark mark = ImageMark.START;
            for (int i = random.nextInt(20); i > 0; i--) {
                boolean next = random.nextInt(4) == 0;
                mark = new ImageMark(
                        mark.file() + (next ? 1 + random.nextInt(3) : 0),
                        (next ? 0 : mark.offset()) + random.nextLong(1L << random.nextInt(1, 38)),
                        mark.row() + random.nextInt(1 << 20),
                        mark.image() + random.nextInt(1 << 20),
                        (next ? 0 : mark.line()) + random.nextInt(1 << 20));
                marks.add(mark);
            }
            long[] rows = random.longs(random.nextInt(30), 0, 1L << random.nextInt(1, 40))
                    .distinct()
                    .sorted()
                    .toArray();
            ImageListPartial list = (ImageListPartial) reread(ImageListPartial.of(mark.image(), marks, rows));
            assertThat(list.images()).isEqualTo(mark.image());
            assertThat(list.decodedMarks()).isEqualTo(marks);
            assertThat(list.duplicateRows()).isEqualTo(rows);
        });
    }

    @Test
    void outcomesComeBackAsTheyWereInEightBytesEach() {
        Seeds.repeat(100, random -> {
            List<ImageOutcome> outcomes = new ArrayList<>();
            for (int i = random.nextInt(50); i > 0; i--) {
                outcomes.add(outcome(random));
            }
            assertThat(ImageOutcomes.of(outcomes).decoded()).isEqualTo(outcomes);
            ImagesPartial images = images(outcomes, "basis");
            assertThat(reread(images)).isEqualTo(images);
        });
        List<ImageOutcome> alike = Collections.nCopies(24, ImageOutcome.stored("jpg", DIGEST, false));
        assertThat(ImageOutcomes.encode(alike)).hasSizeLessThanOrEqualTo(24 * 8);
    }

    private static ImageOutcome outcome(SplittableRandom random) {
        String digest = String.format(Locale.ROOT, "%012x", random.nextLong(1L << 48));
        return switch (random.nextInt(3)) {
            case 0 -> ImageOutcome.failed(random.nextBoolean() ? "NotFound" : "TooLarge");
            case 1 -> ImageOutcome.stored(random.nextBoolean() ? "jpg" : "webp", digest, true);
            default -> ImageOutcome.stored(random.nextBoolean() ? "jpg" : "avif", digest, false);
        };
    }

    static ImagesPartial images(List<ImageOutcome> outcomes, String basis) {
        long failed = outcomes.stream().filter(each -> each.reason() != null).count();
        long kept = outcomes.stream().filter(ImageOutcome::kept).count();
        ImageCounts counts = new ImageCounts(outcomes.size(), outcomes.size() - failed - kept, kept, failed, 1000, 400);
        return new ImagesPartial(counts, ImageOutcomes.of(outcomes), null, basis);
    }

    private static Partial reread(Partial partial) throws IOException {
        Ledger ledger = new Ledger("f", 0, "a", List.of(SliceResult.later(1, partial)));
        return LedgerFormat.read(LedgerFormat.write(ledger))
                .results()
                .getFirst()
                .partial();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[-1, \"\", \"\"]",
                "[1, \"AA==\", \"\"]",
                "[1, \"AAAAAAA=\", \"gA==\"]",
                "[1, \"AAAAAgA=\", \"\"]",
                "[9, \"////////////\", \"\"]",
                "[9, \"!\", \"\"]"
            })
    void listsThatAreNoneAreRefused(String list) {
        assertRefused("{\"imageList\":" + list + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,1,0,0,0,0]||null",
                "[2,1,0,0,0,0]|00ff12345678|null",
                "[1,0,0,0,0,0]|00ff12345678|null",
                "[1,1,0,0,-1,0]|00ff12345678|null",
                "[1,1,0,0,0,0]|00ff12345678|[\"file\",-1,0]",
                "[1,1,0,0,0,0]|00ff1234567|null"
            })
    void countsThatDoNotFitTheImagesAreRefused(String counts, String digest, String file) {
        byte[] outcomes = digest == null
                ? new byte[0]
                : ("\4\3jpg" + "x".repeat(digest.length() / 2)).getBytes(StandardCharsets.US_ASCII);
        String base64 = Base64.getEncoder().encodeToString(outcomes);
        assertRefused("{\"images\":[" + counts + ",\"" + base64 + "\"," + file + ",\"b\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\3", "\4\3jp", "\0xxxxxx", "\5\3JPGxxxxxx", "\6\2a/", "\4", "\6", "\4\177"})
    void outcomesThatAreNoneAreRefused(String bytes) {
        assertThatThrownBy(() -> ImageOutcomes.decode(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(String partial) {
        String ledger = "{\"fingerprint\":\"f\",\"worker\":0,\"attempt\":\"a\",\"results\":"
                + "[[1,0,0,true,0,0,[0,0,0],[],null,null," + partial + "]]}";
        byte[] content = ledger.getBytes(StandardCharsets.UTF_8);
        String head = "filejob-ledger-1 " + content.length + " " + Sha256.of(ledger) + "\n";
        assertThatThrownBy(() -> LedgerFormat.read((head + ledger).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DamagedLedgerException.class)
                .hasMessageStartingWith("it is damaged");
    }
}
