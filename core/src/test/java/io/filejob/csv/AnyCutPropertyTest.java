package io.filejob.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * For every division of a file into ranges, the result equals that of the {@link Oracle}, which reads it in one pass.
 */
final class AnyCutPropertyTest {
    private static final TextFormat LINES = new TextFormat.Lines();
    private static final TextFormat CSV = new TextFormat.Csv(CsvDialect.standard(), "price");
    private static final TextFormat UNQUOTED_CSV = new TextFormat.Csv(CsvDialect.of(';', (char) 0), "price");

    private static final String[] BREAKS = {"\n", "\r\n", "\r"};
    private static final String[] NUMBERS = {
        "0",
        "1",
        "-2",
        "+3",
        "12.5",
        "-0.75",
        ".5",
        "5.",
        "-.5",
        "1e3",
        "2.5E-2",
        "12345678",
        "123456.7",
        "1234567",
        "-1234567",
        "123456789.123456789",
        " 7 ",
        "\t8",
        "12345678901234567890.5",
        "999999999999999999",
        "-99999.99"
    };
    private static final String[] NO_NUMBERS = {
        "abc", " ", "-", ".", "1.2.3", "--1", "1,5", "NaN", "1e", "-.", "1:2", "12/3", "1-2"
    };
    private static final String[] TEXTS = {
        "x",
        "",
        "a b",
        "\"\"",
        "\"a,b\"",
        "\"say \"\"hi\"\"\"",
        "\"two\nlines\"",
        "\"\r\n,\r\n1,2,3\r\n\"",
        "\"\r\"",
        "\"\"\"\"",
        "\"a;b;c\n1;2;3\n\"",
        "plain text that is longer than one block of sixty-four bytes, if you count it"
    };

    @TempDir
    private Path folder;

    @Test
    void linesCutAtEveryByteGiveTheSame() throws IOException {
        for (long seed = 0; seed < 150; seed++) {
            check(seed, lines(new SplittableRandom(seed)), LINES);
        }
    }

    @Test
    void csvCutAtEveryByteGivesTheSame() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            check(seed, csv(new SplittableRandom(seed), ',', true), CSV);
        }
    }

    @Test
    void csvWithoutQuotesCutAtEveryByteGivesTheSame() throws IOException {
        for (long seed = 0; seed < 100; seed++) {
            check(seed, csv(new SplittableRandom(seed), ';', false), UNQUOTED_CSV);
        }
    }

    private void check(long seed, String text, TextFormat format) throws IOException {
        byte[] bytes = text.getBytes(ISO_8859_1);
        Path file = Files.write(folder.resolve("fixture"), bytes);
        Oracle expected = Oracle.read(bytes, format);
        SplittableRandom random = new SplittableRandom(seed);
        RangeReader reader = new RangeReader(
                format, OnBad.SKIP, BadRecordSink.NONE, 64 + random.nextInt(200), 64 + random.nextInt(1000));
        check(expected, Chain.read(reader, file, bytes.length), seed, text);
        for (long cut = 1; cut < bytes.length; cut++) {
            check(expected, Chain.read(reader, file, bytes.length, cut), seed, text, cut);
        }
        for (int i = 0; i < 20 && bytes.length > 1; i++) {
            long[] cuts =
                    random.longs(random.nextInt(12), 0, bytes.length).sorted().toArray();
            check(expected, Chain.read(reader, file, bytes.length, cuts), seed, text, cuts);
        }
    }

    private static void check(Oracle expected, Chain actual, long seed, String text, long... cuts) {
        String what = "seed " + seed + ", cuts " + Arrays.toString(cuts) + " of:\n" + text + "\n";
        assertThat(actual.failure).as(what).isEqualTo(expected.failure);
        assertThat(actual.samples)
                .as(what)
                .isEqualTo(expected.rejects.subList(0, Math.min(10, expected.rejects.size())));
        assertThat(actual.used).as(what).isEqualTo(expected.used);
        assertThat(actual.rejected).as(what).isEqualTo(expected.rejects.size());
        if (expected.failure == null) {
            assertThat(actual.numbers).as(what).isEqualTo(expected.used);
            assertThat(actual.sum).as(what).isEqualByComparingTo(expected.sum);
            assertThat(actual.lines).as(what).isEqualTo(expected.lines);
        }
    }

    private static String lines(SplittableRandom random) {
        StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "\u00EF\u00BB\u00BF" : "");
        int odd = random.nextInt(3) * 10;
        String usualBreak = pick(random, BREAKS);
        int rows = random.nextInt(60);
        for (int i = 0; i < rows; i++) {
            if (random.nextInt(100) < odd) {
                text.append(random.nextBoolean() ? pick(random, NO_NUMBERS) : "");
            } else if (random.nextInt(100) < odd) {
                text.append(pick(random, NUMBERS));
            } else {
                text.append(random.nextInt(-1000, 1000)).append('.').append(random.nextInt(100));
            }
            text.append(random.nextInt(100) < odd ? pick(random, BREAKS) : usualBreak);
        }
        return maybeUnfinished(random, text);
    }

    private static String csv(SplittableRandom random, char delimiter, boolean quotes) {
        StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "\u00EF\u00BB\u00BF" : "");
        int odd = random.nextInt(3) * 7;
        int quoted = quotes ? random.nextInt(3) * 30 : 0;
        String usualBreak = pick(random, BREAKS);
        int columns = 1 + random.nextInt(4);
        int column = random.nextInt(columns);
        int rows = random.nextInt(25);
        for (int i = 0; i <= rows; i++) {
            int fields = i > 0 && random.nextInt(100) < odd ? 1 + random.nextInt(5) : columns;
            for (int f = 0; f < fields; f++) {
                text.append(f == 0 ? "" : delimiter);
                if (i == 0) {
                    text.append(f == column ? "price" : "c" + f);
                } else if (f == column) {
                    String number = random.nextInt(100) < odd
                            ? pick(random, NO_NUMBERS)
                            : random.nextBoolean()
                                    ? pick(random, NUMBERS)
                                    : String.valueOf(random.nextInt(10000) / 100.0);
                    text.append(random.nextInt(100) < quoted ? '"' + number + '"' : number);
                } else {
                    text.append(random.nextInt(100) < quoted ? pick(random, TEXTS) : "t" + random.nextInt(1000));
                }
            }
            if (quotes && i > 0 && random.nextInt(300) < odd) {
                text.append(random.nextBoolean() ? "\"" : "x\"y");
            }
            text.append(random.nextInt(100) < odd ? pick(random, BREAKS) : usualBreak);
            text.append(random.nextInt(100) < odd ? pick(random, BREAKS) : "");
        }
        return maybeUnfinished(random, text);
    }

    private static String maybeUnfinished(SplittableRandom random, StringBuilder text) {
        if (random.nextInt(4) == 0 && !text.isEmpty() && text.indexOf("price") < text.length() - 7) {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }

    private static String pick(SplittableRandom random, String[] from) {
        return from[random.nextInt(from.length)];
    }
}
