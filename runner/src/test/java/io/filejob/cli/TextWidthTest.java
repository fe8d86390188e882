package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextWidthTest {
    @ParameterizedTest
    @CsvSource({"abc, 3", "Zoë, 3", "日本, 4", "ｶﾅ, 2", "😀, 2", "e\u0301, 1", "한국, 4", "Ａ, 2"})
    void aTextTakesTheColumnsThatATerminalGivesIt(String text, int columns) {
        assertThat(TextWidth.of(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({"abc, 3, abc", "abcd, 3, ab…", "日本語, 5, 日本…", "日本語, 4, 日…", "ab, 1, …", "😀😀, 3, 😀…"})
    void aLongTextIsCutWithoutSplittingACharacter(String text, int columns, String cut) {
        assertThat(TextWidth.cut(text, columns)).isEqualTo(cut);
        assertThat(TextWidth.of(cut)).isLessThanOrEqualTo(columns);
    }
}
