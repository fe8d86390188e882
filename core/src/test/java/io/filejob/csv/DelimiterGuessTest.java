package io.filejob.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DelimiterGuessTest {
    private static String plain(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '~',
            value = {
                "a,b\\n1,2\\n ,",
                "a;b\\n1,5;2\\n ;",
                "a;b;c\\n1,5;2,5;3\\n ;",
                "a\\tb\\r\\n1\\t2\\r\\n \\t",
                "a|b\\n1|2 |",
                "\"x;y\",b\\n\"1;;\\n;\",2\\n ,",
                "a,b;c,d;e\\n1,2;3,4;5\\n ,",
                "\\n\\na;b\\n\\n1;2\\n\\n ;",
                "sep=:\\na:b\\n :",
                "a;b ;"
            })
    void theDelimiterThatDividesAllRecordsIsFound(String text, String delimiter) {
        assertThat(DelimiterGuess.of(plain(text), true))
                .contains(plain(delimiter).charAt(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '~',
            value = {"a\\n1\\n", "a,b\\n1\\n", "~~", "\\n\\n", "a:b\\n1:2\\n", "\"a,b\\n1,2\\n"})
    void nothingIsGuessedWhereRecordsDiffer(String text) {
        assertThat(DelimiterGuess.of(plain(text), true)).isEmpty();
    }

    @Test
    void theLastRecordOfABeginningIsNotLookedAt() {
        assertThat(DelimiterGuess.of("a;b\n1;2\n3", false)).contains(';');
        assertThat(DelimiterGuess.of("a;b\n1;2\n3", true)).isEmpty();
        assertThat(DelimiterGuess.of("a;b", false)).isEmpty();
    }
}
