package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TextTableTest {
    @Test
    void numbersAreRightAligned() {
        assertThat(TextTable.lines(
                        List.of("Song", "Plays", "Share"),
                        List.of(
                                List.of("Blue", "7", "0.5"),
                                List.of("Red, live", "1200", ""),
                                List.of("", "-12", "10")),
                        80))
                .containsExactly(
                        "Song       Plays  Share",
                        "Blue           7    0.5",
                        "Red, live   1200",
                        "             -12     10");
    }

    @Test
    void aColumnWithATextIsNotOneOfNumbers() {
        assertThat(TextTable.lines(List.of("No"), List.of(List.of("1"), List.of("n/a"), List.of("100")), 80))
                .containsExactly("No", "1", "n/a", "100");
    }

    @Test
    void longTextsAreCutAndNumbersAreNot() {
        assertThat(TextTable.lines(
                        List.of("Song", "Album", "Number of Plays"),
                        List.of(List.of("A song with a very long name", "short", "12345678901234567890")),
                        44))
                .containsExactly(
                        "Song             Album       Number of Plays", "A song with a …  short  12345678901234567890")
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(44));
    }

    @Test
    void widthIsThatOnATerminal() {
        assertThat(TextTable.lines(List.of("曲", "n"), List.of(List.of("青い空と白い雲", "1"), List.of("e\u0301te", "2")), 15))
                .containsExactly("曲            n", "青い空と白…   1", "e\u0301te           2");
    }

    @Test
    void columnsThatDoNotFitAreCounted() {
        List<String> names = IntStream.range(0, 20).mapToObj(i -> "column " + i).toList();
        List<List<String>> rows =
                List.of(IntStream.range(0, 20).mapToObj(i -> "text number " + i).toList());
        assertThat(TextTable.lines(names, rows, 30))
                .containsExactly(
                        "column 0  column 1   column 2", "text nu…  text num…  text num…", "... and 17 more columns");
    }

    @Test
    void controlCharactersAreReplaced() {
        List<String> lines = new ArrayList<>(
                TextTable.lines(List.of("a\u001b[31m"), List.of(List.of("x\ny\r\u009b\u202ez\u0007")), 80));
        assertThat(lines).containsExactly("a\uFFFD[31m", "x\uFFFDy\uFFFD\uFFFD\uFFFDz\uFFFD");
    }

    @Test
    void aTableIsNeverWiderThanAsked() {
        for (int width = 1; width < 60; width++) {
            int limit = width;
            assertThat(TextTable.lines(
                            List.of("first name", "n", "second name"),
                            List.of(List.of("a text of some length", "123", "another text"), List.of("b", "4", "c")),
                            width))
                    .filteredOn(line -> !line.startsWith("..."))
                    .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(Math.max(limit, MIN_WIDTH)));
        }
    }

    private static final int MIN_WIDTH = 8;
}
