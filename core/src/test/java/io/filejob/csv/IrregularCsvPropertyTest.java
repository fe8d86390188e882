package io.filejob.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that deviate from regular CSV in all ways that a spec can allow are read like by {@link IrregularOracle}, in
 * every division into ranges.
 */
final class IrregularCsvPropertyTest {
    private static final int CASES = 400;
    private static final String[] BREAKS = {"\n", "\r\n", "\r"};
    private static final String[] NUMBERS = {
        "1",
        "-2",
        "1,5",
        "1.5",
        "1.234,5",
        "1,234.5",
        "12.345.678",
        "1'000",
        "1.23",
        "12,3456",
        "+7",
        ".5",
        ",5",
        "1,",
        "0001,000",
        " 3 ",
        "abc",
        "",
        "NA",
        "-",
        "\"1,5\"",
        "\"NA\"",
        "\"\"",
        "1e",
        "--1",
        "1.2.3",
        "1,,000"
    };
    private static final String[] TEXTS = {
        "x",
        "",
        "7\" single",
        "=\"002\"",
        "\"a\"b",
        "\"a\" \"b\"",
        "\"a,\nb\"",
        "\"say \"\"hi\"\"\"",
        "NA",
        "\"x\r\ny\"z",
        "a\"b\"c",
        "sep=;"
    };

    @TempDir
    private Path folder;

    @Test
    void anyDivisionGivesTheResultOfTheOracle() throws IOException {
        for (long seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            CsvDialect dialect = dialect(random);
            check(seed, text(random, dialect), dialect);
        }
    }

    private static CsvDialect dialect(SplittableRandom random) {
        boolean hasNulls = random.nextBoolean();
        boolean fills = random.nextInt(3) == 0;
        Leniency leniency = new Leniency(
                TextEncoding.UTF_8,
                random.nextBoolean() ? 0 : random.nextInt(5),
                random.nextBoolean() ? 0 : random.nextInt(5),
                random.nextBoolean(),
                random.nextInt(3) == 0,
                random.nextInt(3) == 0,
                fills,
                random.nextInt(4) == 0,
                random.nextBoolean() ? ',' : '.',
                random.nextBoolean() ? "" : "'",
                hasNulls ? List.of("-", "") : List.of());
        return new CsvDialect(
                (byte) (random.nextBoolean() ? ',' : ';'),
                (byte) '"',
                (byte) 0,
                (byte) 0,
                true,
                List.of(),
                hasNulls || fills ? "NA" : "",
                hasNulls || fills,
                withOtherThousands(leniency, random));
    }

    /** Makes some groups be separated by the other one of point and comma. */
    private static Leniency withOtherThousands(Leniency plain, SplittableRandom random) {
        boolean isOther = !plain.thousands().isEmpty() && random.nextBoolean();
        return new Leniency(
                plain.encoding(),
                plain.skipLines(),
                plain.skipFooter(),
                plain.looseNames(),
                plain.lenientQuotes(),
                plain.trailingDelimiter(),
                plain.fillMissing(),
                plain.fillColumns(),
                plain.decimal(),
                isOther ? plain.decimal() == ',' ? "." : "," : plain.thousands(),
                plain.otherNulls());
    }

    private void check(long seed, String text, CsvDialect dialect) throws IOException {
        byte[] bytes = text.getBytes(ISO_8859_1);
        Path file = Files.write(folder.resolve("fixture"), bytes);
        IrregularOracle expected = IrregularOracle.read(text, dialect, "price");
        SplittableRandom random = new SplittableRandom(seed);
        RangeReader reader = new RangeReader(
                new TextFormat.Csv(dialect, "price"),
                OnBad.SKIP,
                BadRecordSink.NONE,
                64 + random.nextInt(200),
                64 + random.nextInt(1000));
        check(expected, Chain.read(reader, file, bytes.length), seed, text, dialect);
        for (long cut = 1; cut < bytes.length; cut += 1 + random.nextInt(3)) {
            check(expected, Chain.read(reader, file, bytes.length, cut), seed, text, dialect, cut);
        }
        for (int i = 0; i < 10 && bytes.length > 1; i++) {
            long[] cuts =
                    random.longs(random.nextInt(12), 0, bytes.length).sorted().toArray();
            check(expected, Chain.read(reader, file, bytes.length, cuts), seed, text, dialect, cuts);
        }
    }

    private static void check(
            IrregularOracle expected, Chain actual, long seed, String text, CsvDialect dialect, long... cuts) {
        String what = "seed " + seed + ", cuts " + Arrays.toString(cuts) + ", " + dialect + " of:\n" + text + "\n";
        assertThat(actual.failure != null).as(what).isEqualTo(expected.isUnclosed);
        assertThat(actual.samples.stream().map(IrregularCsvPropertyTest::withoutReason))
                .as(what)
                .isEqualTo(expected.rejects.subList(0, Math.min(10, expected.rejects.size())));
        assertThat(actual.used).as(what).isEqualTo(expected.used);
        assertThat(actual.rejected).as(what).isEqualTo(expected.rejects.size());
        if (!expected.isUnclosed) {
            assertThat(actual.numbers).as(what).isEqualTo(expected.numbers);
            assertThat(actual.sum).as(what).isEqualByComparingTo(expected.sum);
        }
    }

    private static BadRecord withoutReason(BadRecord bad) {
        return new BadRecord(bad.offset(), bad.line(), bad.column(), "", bad.text());
    }

    private static String text(SplittableRandom random, CsvDialect dialect) {
        Leniency leniency = dialect.leniency();
        StringBuilder text = new StringBuilder();
        String lineBreak = pick(random, BREAKS);
        for (int i = 0; i < leniency.skipLines(); i++) {
            text.append(pick(random, "Report", "\"of,", "", ",,,")).append(lineBreak);
        }
        char delimiter = (char) dialect.delimiter();
        if (random.nextInt(4) == 0) {
            text.append("sep=").append(delimiter).append(lineBreak);
        }
        int columns = 1 + random.nextInt(4);
        int column = random.nextInt(columns);
        int rows = random.nextInt(20);
        for (int row = 0; row <= rows; row++) {
            int fields = row > 0 && random.nextInt(4) == 0 ? 1 + random.nextInt(5) : columns;
            for (int field = 0; field < fields; field++) {
                text.append(field == 0 ? "" : delimiter);
                if (row == 0) {
                    text.append(
                            field == column
                                    ? pick(random, "price", leniency.looseNames() ? " Price" : "price")
                                    : "c" + field);
                } else {
                    text.append(field == column ? pick(random, NUMBERS) : pick(random, TEXTS));
                }
            }
            boolean isTrailing = leniency.trailingDelimiter() && columns > 1 && random.nextBoolean();
            text.append(isTrailing ? Character.toString(delimiter) : "").append(lineBreak);
            text.append(random.nextInt(15) == 0 ? lineBreak : "");
        }
        for (int i = 0; i < leniency.skipFooter(); i++) {
            text.append(pick(random, "Total", "\"", "1,2", "x")).append(lineBreak);
        }
        if (random.nextInt(4) == 0) {
            text.setLength(text.length() - lineBreak.length());
        }
        return text + (random.nextInt(4) == 0 && leniency.skipFooter() == 0 ? "\u001a" : "");
    }

    private static String pick(SplittableRandom random, String... from) {
        return from[random.nextInt(from.length)];
    }
}
