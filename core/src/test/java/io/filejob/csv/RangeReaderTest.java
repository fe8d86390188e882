package io.filejob.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.numeric.DecimalSum;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RangeReaderTest {
    private static final TextFormat LINES = new TextFormat.Lines();
    private static final TextFormat CSV = new TextFormat.Csv(CsvDialect.standard(), "price");

    @TempDir
    private Path folder;

    @Test
    void thousandsOfLargestDigitsDoNotOverflow() throws IOException {
        Chain chain =
                Chain.read(new RangeReader(LINES, OnBad.SKIP), file("9999999\n99999.9\n".repeat(50_000)), 800_000);
        assertThat(chain.sum).isEqualByComparingTo(new BigDecimal("10099998.9").multiply(new BigDecimal(50_000)));
        String csv = "id,price\n" + "1,9999999\n2,9.99999\n".repeat(50_000);
        chain = Chain.read(new RangeReader(CSV, OnBad.SKIP), file(csv), csv.length());
        assertThat(chain.sum).isEqualByComparingTo(new BigDecimal("10000008.99999").multiply(new BigDecimal(50_000)));
    }

    /**
     * Every line of the quoted field looks like a record:
     *
     * <pre>
     *   id,note,price
     *   1,"
     *   7,looks like a record,1000000     thousands of these, and slices that begin among them
     *   ",2
     * </pre>
     */
    @Test
    void recordsInsideAQuotedFieldAreNone() throws IOException {
        String note = "\"\n" + "7,looks like a record,1000000\n".repeat(2_000) + "\"";
        String text = "id,note,price\n" + ("1," + note + ",2\n").repeat(5);
        long[] cuts = new long[15];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = (i + 1) * 20_000L;
        }
        Chain chain = Chain.read(new RangeReader(CSV, OnBad.SKIP), file(text), text.length(), cuts);
        assertThat(chain.sum).isEqualByComparingTo("10");
        assertThat(chain.rows).isEqualTo(5);
        assertThat(chain.rejected).isZero();
        assertThat(chain.rereads).isPositive();
        assertThat(chain.lines).isEqualTo(1 + 5 * 2_002);
    }

    @Test
    void guessesRightWhereMostTextIsQuoted() throws IOException {
        String text = "id,note,price\n" + "1,\"some, text\nin quotes, and more of it\",2.5\n".repeat(5_000);
        long[] cuts = {50_001, 100_002, 150_003};
        Chain chain = Chain.read(new RangeReader(CSV, OnBad.SKIP), file(text), text.length(), cuts);
        assertThat(chain.rereads).isZero();
        assertThat(chain.sum).isEqualByComparingTo("12500");
    }

    @Test
    void aBadRecordFailsWithItsPlaceAndText() throws IOException {
        Path file = file("id,price\r\n\"a\nb\",1\r\n\r\nc,abc\r\nd,2\r\ne,x\r\n");
        RangeOutcome outcome = new RangeReader(CSV, OnBad.FAIL).read(whole(file), new DecimalSum());
        assertThat(outcome.failure()).isEqualTo(new BadRecord(21, 5, "price", "not a number", "abc"));
        assertThat(outcome.end()).isEqualTo(-1);
        Path lines = file("1\n2\n\n  \n3\n");
        outcome = new RangeReader(LINES, OnBad.FAIL).read(whole(lines), new DecimalSum());
        assertThat(outcome.failure()).isEqualTo(new BadRecord(5, 4, null, "not a number", "  "));
    }

    @Test
    void raggedAndMalformedRecordsAreSampledAsAWhole() throws IOException {
        Path file = file("id,price\na\nb,1,2\nc\"d,3\n\"e\"f,4\nok,5\n");
        RangeOutcome outcome = new RangeReader(CSV, OnBad.SKIP).read(whole(file), new DecimalSum());
        assertThat(outcome.samples())
                .containsExactly(
                        new BadRecord(9, 2, null, "has 1 field, the header has 2", "a"),
                        new BadRecord(11, 3, null, "has 3 fields, the header has 2", "b,1,2"),
                        new BadRecord(17, 4, null, "quote inside an unquoted field", "c\"d,3"),
                        new BadRecord(23, 5, null, "text after a closing quote", "\"e\"f,4"));
        assertThat(outcome.rowsIn()).isEqualTo(5);
        assertThat(outcome.rowsUsed()).isEqualTo(1);
    }

    @Test
    void aQuoteNeverClosedFailsUnderSkipAtTheLineWhereItOpened() throws IOException {
        Path file = file("id,note,price\n1,x,2\n\"two\nlines\",\"never closed,5\n3,y,4\n");
        RangeOutcome outcome = new RangeReader(CSV, OnBad.SKIP).read(whole(file), new DecimalSum());
        assertThat(outcome.failure())
                .isEqualTo(new BadRecord(
                        20, 4, null, "quote opened here is never closed", "\"two\nlines\",\"never closed,5\n3,y,4\n"));
    }

    @Test
    void aRecordBeyondTheLimitFailsUnderSkip() throws IOException {
        String tooLong = "x".repeat(RangeReader.RECORD_LIMIT + 1);
        String reason = "record longer than 16 MiB: is a quote opened here and never closed?";
        RangeOutcome outcome =
                new RangeReader(LINES, OnBad.SKIP).read(whole(file("1\n" + tooLong + "\n2\n")), new DecimalSum());
        assertThat(outcome.failure()).isEqualTo(new BadRecord(2, 2, null, reason, "x".repeat(199) + "…"));
        outcome = new RangeReader(CSV, OnBad.SKIP)
                .read(whole(file("id,price\n1,2\n\"" + tooLong + "\",2\n")), new DecimalSum());
        assertThat(outcome.failure()).isEqualTo(new BadRecord(13, 3, null, reason, "\"" + "x".repeat(198) + "…"));
    }

    @Test
    void aLongRecordWithinTheLimitIsRead() throws IOException {
        String text = "id,price\n\"" + "x\n".repeat(1_000_000) + "\",2\n3,4\n";
        Chain chain = Chain.read(new RangeReader(CSV, OnBad.SKIP), file(text), text.length(), 1_000_000, 1_500_000);
        assertThat(chain.sum).isEqualByComparingTo("6");
        assertThat(chain.lines).isEqualTo(1_000_003);
    }

    @Test
    void aFileWithoutTextIsEmpty() throws IOException {
        for (String text : new String[] {"", "\n", "\r\n\r\n", "\uFEFF", "\uFEFF\n"}) {
            for (TextFormat format : new TextFormat[] {LINES, CSV}) {
                RangeOutcome outcome = new RangeReader(format, OnBad.FAIL).read(whole(file(text)), new DecimalSum());
                assertThat(outcome.rowsIn()).isZero();
                assertThat(outcome.failure()).isNull();
                assertThat(outcome.end()).isEqualTo(text.getBytes(UTF_8).length);
            }
        }
    }

    @Test
    void aRangeThatStartsBehindItsEndHasNothing() throws IOException {
        Path file = file("1\n2\n3\n");
        FileRange range = new FileRange(MemorySource.of(file), 2, 4, OptionalLong.of(5));
        assertThat(new RangeReader(LINES, OnBad.SKIP).read(range, new DecimalSum()))
                .isEqualTo(new RangeOutcome(5, 5, true, 0, 0, 0, 0, List.of(), null));
    }

    @Test
    void theColumnIsFoundInEachFilesOwnHeader() throws IOException {
        RangeReader reader = new RangeReader(CSV, OnBad.FAIL);
        DecimalSum sum = new DecimalSum();
        reader.read(whole(file("price,id\n1,2\n")), sum);
        reader.read(whole(file("\uFEFF\n\"id\",\"price\"\n3,4\n")), sum);
        reader.read(whole(file("price\n\n\"8\"\n16\n")), sum);
        assertThat(sum.total()).isEqualTo(new BigDecimal("29"));
    }

    @Test
    void aHeaderWithoutTheColumnOrWithTwoIsRefusedByName() throws IOException {
        Path none = file("id,\"the \"\"cost\"\"\"\n1,2\n");
        refused(
                none,
                CSV,
                ExitCode.BAD_INPUT,
                none + ": no column \"price\" in its header, which has \"id\", \"the \"cost\"\"");
        Path two = file("price,price\n1,2\n");
        refused(two, CSV, ExitCode.BAD_INPUT, two + ": two columns \"price\" in its header");
        Path open = file("id,\"price\n1,2\n");
        refused(open, CSV, ExitCode.BAD_INPUT, open + ":1: its header is malformed: quote opened here is never closed");
    }

    @Test
    void utf16IsRefusedByName() throws IOException {
        Path file = Files.write(folder.resolve("utf16"), new byte[] {(byte) 0xFF, (byte) 0xFE, '1', 0});
        refused(file, LINES, ExitCode.BAD_INPUT, "UTF-16");
        refused(file, CSV, ExitCode.BAD_INPUT, "UTF-16");
    }

    @Test
    void aChangedFileIsRefused() throws IOException {
        Path file = file("1\n2\n");
        FileRange pinned = new FileRange(MemorySource.pinned(file, 6), 0, 6, OptionalLong.empty());
        assertThatThrownBy(() -> new RangeReader(LINES, OnBad.SKIP).read(pinned, new DecimalSum()))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
                .hasMessageContaining("InputChanged: " + file);
    }

    private static void refused(Path file, TextFormat format, ExitCode exitCode, String message) {
        assertThatThrownBy(() -> new RangeReader(format, OnBad.SKIP).read(whole(file), new DecimalSum()))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
                .hasMessageContaining(message);
    }

    private int files;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file" + files++), text);
    }

    private static FileRange whole(Path file) {
        ByteSource source = MemorySource.of(file);
        return new FileRange(source, 0, source.size(), OptionalLong.empty());
    }
}
