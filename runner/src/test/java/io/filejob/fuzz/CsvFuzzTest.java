package io.filejob.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.aggregate.ByteText;
import io.filejob.aggregate.CsvOracle;
import io.filejob.csv.CsvDialect;
import io.filejob.spec.CsvFormat;
import io.filejob.testing.fuzz.FuzzRun;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Arbitrary bytes in any dialect, in one piece or many, are read in the same way as byte by byte. */
@Timeout(900)
final class CsvFuzzTest {
    @Test
    void bytes() throws Exception {
        FuzzRun.repeat("csv", CsvFuzzTest::check);
    }

    private static void check(SplittableRandom random) {
        CsvFormat format = format(random);
        byte[] file = RandomBytes.csv(random, format);
        CsvOracle.Csv expected = CsvOracle.read(file, format);
        CsvRead read = CsvRead.of(file, dialect(format), random);
        String what = format + "\n" + ByteText.of(file).replace("\r", "\\r").replace("\0", "\\0");
        if (!read.readable()) {
            assertThat(read.failure()).as(what).containsAnyOf("is malformed", "is not text", "its content is");
            assertThat(read.failure().contains("is malformed") || hasControl(file))
                    .as(what)
                    .isTrue();
            return;
        }
        assertThat(read.columns()).as(what).isEqualTo(expected.names().size());
        List<String> rows =
                expected.rows().stream().map(row -> CsvRead.text(row)).toList();
        assertThat(read.rows()).as(what).isEqualTo(rows);
        CsvOracle.Unclosed unclosed = expected.unclosed();
        assertThat(read.failure())
                .as(what)
                .isEqualTo(unclosed == null ? "" : unclosed.line() + ": quote opened here is never closed");
    }

    private static boolean hasControl(byte[] file) {
        return ByteText.of(file).chars().anyMatch(c -> c < ' ' && "\t\n\r".indexOf(c) < 0);
    }

    private static CsvFormat format(SplittableRandom random) {
        String quote = RandomBytes.pick(random, "\"", "\"", "'", "");
        return new CsvFormat(
                RandomBytes.pick(random, ",", ";", "\t", "|"),
                quote,
                quote.isEmpty() || random.nextInt(4) > 0 ? null : "\\",
                random.nextInt(3) > 0,
                null,
                random.nextInt(4) > 0 ? null : "#",
                null,
                null);
    }

    private static CsvDialect dialect(CsvFormat format) {
        return new CsvDialect(
                character(format.delimiter()),
                character(format.quote()),
                character(format.escape()),
                character(format.comment()),
                format.header(),
                List.of(),
                Objects.requireNonNullElse(format.nullText(), ""),
                format.nullText() != null);
    }

    private static byte character(@Nullable String text) {
        return text == null || text.isEmpty() ? 0 : (byte) text.charAt(0);
    }
}
