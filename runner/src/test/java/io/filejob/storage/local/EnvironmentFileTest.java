package io.filejob.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests files of KEY=VALUE lines. */
final class EnvironmentFileTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "K=v w         | v w",
                "K = v         | v",
                "  export K=v  | v",
                "K=a=b         | a=b",
                "K=p#w #d      | p#w #d",
                "K='a # b'     | a # b",
                "K='a\\nb' # c | a\\nb",
                "K=\"a b\"     | a b",
                "K=\"a\\\"b\"  | a\"b",
                "K=\"\\$x\\\\\" | $x\\",
                "K=\"a\"b      | \"a\"b",
                "K='a          | 'a",
                "K=            | ~~",
                "K=''          | ~~"
            })
    void valuesAreReadAsDotenvDoes(String line, String value) {
        assertThat(EnvironmentFile.parse("# A=1\n" + line + "\nL=2\n")).isEqualTo(Map.of("K", value, "L", "2"));
    }

    @Test
    void quotedValuesMayHaveSeveralLines() {
        assertThat(EnvironmentFile.parse("ca='-----BEGIN\nx=1\n-----END'\r\nkey=\"a\\nb\nc\"\n\nuser=u"))
                .isEqualTo(Map.of("ca", "-----BEGIN\nx=1\n-----END", "key", "a\nb\nc", "user", "u"));
    }
}
