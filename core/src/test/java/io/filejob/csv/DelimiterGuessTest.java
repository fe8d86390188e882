package io.filejob.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJob;
import io.filejob.failure.JobFailedException;
import io.filejob.manifest.ManifestReader;
import io.filejob.spec.CsvFormat;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DelimiterGuessTest {
    private static CsvFormat format(String settings) {
        try {
            FileJob job = ManifestReader.read("""
                    apiVersion: filejob.io/v1alpha1
                    kind: FileJob
                    metadata: {name: auto}
                    spec: {input: {files: [a], format: {csv: {delimiter: auto%s}}}, operation: {average: {column: "#1"}}}
                    """.formatted(settings.isEmpty() ? "" : ", " + settings));
            return Objects.requireNonNull(
                    Objects.requireNonNull(job.spec().input().format()).csv());
        } catch (InvalidManifestException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<Character> found(String settings, String text, Charset charset) {
        String plain = text.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\t", "\t")
                .replace("^Z", "\u001a");
        try {
            return DelimiterGuess.of(format(settings), MemorySource.of("in.csv", plain.getBytes(charset)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<Character> found(String settings, String text) {
        return found(settings, text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '~',
            value = {
                "a,b\\n1,2\\n , ~~",
                "a;b\\n1,5;2\\n ; ~~",
                "a;b;c\\n1,5;2,5;3\\n ; ~~",
                "a\\tb\\r\\n1\\t2\\r\\n tab ~~",
                "a|b\\n1|2 | ~~",
                "\"x;y\",b\\n\"1;;\\n;\",2\\n , ~~",
                "\\n\\na;b\\n\\n1;2\\n\\n ; ~~",
                "sep=:\\na:b\\n : ~~",
                "\"sep=|\"\\na|b,c\\n | ~~",
                "a;b ; ~~",
                "a;b\\n1;2\\n^Z ; ~~",
                "\uFEFFa;b\\n1;2 ; ~~",
                "Report;,;\\na,b\\n1,2 , skipLines:~~1",
                "a,b\\n1,2\\n;;;\\n , skipFooter:~~1",
                "#;x\\na,b\\n#\\n1,2\\n , comment:~~'#'",
                "'a;';b\\n1;2\\n ; quote:~~\"'\"",
                "a;b\\n,1;5,;2\\n ; quote:~~','",
                "a;b;\\n1;2;\\n3;4\\n ; trailingDelimiter:~~true",
                "a;b;c\\n1;2\\n ; fillMissing:~~true"
            })
    void theDelimiterThatDividesAllRecordsIsFound(String text, String delimiter, String settings) {
        assertThat(found(settings.replace(":~~", ": "), text))
                .contains(delimiter.equals("tab") ? '\t' : delimiter.charAt(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '~',
            value = {
                "a\\n1\\n neither",
                "a,b\\n1\\n neither",
                "a:b\\n1:2\\n neither",
                "\"a,b\\n1,2\\n neither",
                "a,b\\n1,\"x\"y\\n neither",
                "a,b;c\\n1,2;3\\n \";\"",
                "a,b;c,d;e\\n1,2;3,4;5\\n \";\"",
                "a\\tb|c \"\\t\""
            })
    void nothingIsGuessedWhereRecordsDifferOrSeveralDelimitersDivideThem(String text, String reason) {
        assertThatThrownBy(() -> found("", text))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("in.csv: delimiter auto: ")
                .hasMessageContaining(reason)
                .hasMessageEndingWith("; name the delimiter");
    }

    @Test
    void theColumnsThatAreListedDecide() {
        assertThat(found("header: false, columns: [a, b]", "1,5;2,5\\n")).contains(';');
        assertThat(found("header: false, columns: [a, b, c]", "1,5;2,5\\n")).contains(',');
    }

    @Test
    void textIsDecodedFirst() {
        assertThat(found("encoding: UTF-16", "ä;b\\n1;2\\n", StandardCharsets.UTF_16))
                .contains(';');
    }

    @Test
    void aFileWithoutRecordsHasNoDelimiter() {
        assertThat(found("", "")).isEmpty();
        assertThat(found("", "\\n\\r\\n")).isEmpty();
        assertThat(found("comment: '#'", "#a;b\\n")).isEmpty();
    }

    @Test
    void recordsAfterTheFirstFiftyAndThe64KiBAreNotLookedAt() {
        assertThat(found("", "a;b\\n".repeat(50) + "c")).contains(';');
        assertThat(found("", ("a;" + "b".repeat(2000) + "\\n").repeat(40) + "c"))
                .contains(';');
        assertThatThrownBy(() -> found("", "a;b\\n".repeat(49) + "c")).hasMessageContaining("neither");
        assertThatThrownBy(() -> found("", "a;" + "b".repeat(70_000) + "\\n")).hasMessageContaining("neither");
    }
}
