package io.filejob.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.bytes.ByteList;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvWriterTest {
    private static String record(String... fields) {
        return new String(CsvWriter.record(List.of(fields)), StandardCharsets.UTF_8);
    }

    private static String field(String text, @Nullable String nullText, boolean only) {
        // The bytes around the field must neither be written nor decide on quotes.
        byte[] bytes = (",\"" + text + "\n").getBytes(StandardCharsets.UTF_8);
        ByteList out = new ByteList(16);
        byte[] ofNull = nullText == null ? null : nullText.getBytes(StandardCharsets.UTF_8);
        CsvWriter.appendField(bytes, 2, bytes.length - 1, ofNull, only, out);
        return new String(out.toArray(), StandardCharsets.UTF_8);
    }

    private static String pieces(List<Integer> sizes, byte[]... fields) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        CsvWriter.writeRecord(
                (bytes, from, length) -> {
                    all.write(bytes, from, length);
                    sizes.add(length);
                },
                fields);
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void fieldsAreSeparatedByCommasAndRecordsEndWithALineFeed() {
        assertThat(record("station", "min", "mean max")).isEqualTo("station,min,mean max\n");
        assertThat(record("", "", "")).isEqualTo(",,\n");
    }

    @Test
    void anEmptyFieldThatIsTheOnlyOneIsQuotedSinceABlankLineIsNoRecord() {
        assertThat(record("")).isEqualTo("\"\"\n");
        assertThat(field("", null, true)).isEqualTo("\"\"");
        assertThat(field("", null, false)).isEmpty();
        assertThat(pieces(new ArrayList<>(), new byte[0])).isEqualTo("\"\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a\nb", "a\rb", "a\r\nb", ",", "\n", "\r", " ,"})
    void delimitersAndLineBreaksRequireQuotes(String text) {
        String quoted = '"' + text + '"';
        assertThat(field(text, null, false)).isEqualTo(quoted);
        assertThat(record("x", text)).isEqualTo("x," + quoted + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a\tb", "a|b", "'a'", " a ", "#a", "\u0000", "\u2028", "\u0085"})
    void noOtherCharacterDoes(String text) {
        assertThat(field(text, null, false)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"`\"`,`\"\"\"\"`", "a\"b,\"a\"\"b\"", "\"a\",`\"\"\"a\"\"\"`", "\"\",`\"\"\"\"\"\"`"})
    void quotesAreDoubled(String text, String expected) {
        assertThat(field(text, null, false)).isEqualTo(expected);
    }

    @Test
    void aValueEqualToTheTextOfMissingValuesIsQuoted() {
        assertThat(field("NULL", "NULL", false)).isEqualTo("\"NULL\"");
        assertThat(field("NULLS", "NULL", false)).isEqualTo("NULLS");
        assertThat(field("NUL", "NULL", false)).isEqualTo("NUL");
        assertThat(field("null", "NULL", false)).isEqualTo("null");
        assertThat(field("NULL", null, false)).isEqualTo("NULL");
        assertThat(field("", "", false)).isEqualTo("\"\"");
    }

    @Test
    void textIsUtf8() {
        String text = "Zürich,東京,🎲";
        assertThat(CsvWriter.record(List.of(text.split(","))))
                .isEqualTo((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bytesThatAreNotUtf8AreWrittenAsTheyAre() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        String quoted = '"' + new String(all, StandardCharsets.ISO_8859_1).replace("\"", "\"\"") + '"';
        assertThat(pieces(new ArrayList<>(), all, all)).isEqualTo(quoted + "," + quoted + "\n");
    }

    @Test
    void aLongRecordIsWrittenInPieces() {
        byte[] plain = new byte[1_000_000];
        Arrays.fill(plain, (byte) 'p');
        byte[] quotes = new byte[300_000];
        Arrays.fill(quotes, (byte) '"');
        List<Integer> sizes = new ArrayList<>();
        assertThat(pieces(sizes, plain, quotes))
                .isEqualTo("p".repeat(1_000_000) + ",\"" + "\"".repeat(600_000) + "\"\n");
        assertThat(sizes).hasSizeGreaterThan(10).allMatch(size -> size <= 256 << 10);
    }
}
