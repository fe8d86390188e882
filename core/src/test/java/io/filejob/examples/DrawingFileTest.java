package io.filejob.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DrawingFileTest {
    private static final String TEXT = """
            # a comment
            == is doubled [times=2 loud]
            a
            # another comment
            b
            -->
            aa
            bb

            == is nothing
            -->
            """;

    @Test
    void aFileIsAListOfCases() {
        assertThat(DrawingFile.parse("x.txt", TEXT))
                .containsExactly(
                        new Drawing(
                                "x.txt:2",
                                "is doubled",
                                List.of("times=2", "loud"),
                                List.of("a", "b"),
                                List.of("aa", "bb")),
                        new Drawing("x.txt:10", "is nothing", List.of(), List.of(), List.of()));
    }

    @Test
    void aFailureNamesFileAndLine() {
        Drawing drawing = DrawingFile.parse("x.txt", TEXT).getFirst();
        drawing.check(lines -> lines.stream().map(line -> line + line).toList());
        assertThatThrownBy(() -> drawing.check(lines -> lines))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("x.txt:2 (is doubled)");
        assertThatThrownBy(() -> drawing.check(lines -> List.of(lines.get(7))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("x.txt:2 (is doubled)");
    }

    @Test
    void aCaseWithoutAnArrowIsRefused() {
        assertThatThrownBy(() -> DrawingFile.parse("x.txt", "== a\n1\n\n== b\n-->\n"))
                .hasMessage("x.txt:1: the case has no -->");
        assertThatThrownBy(() -> DrawingFile.parse("x.txt", "== a\n-->\n1\n-->\n2\n"))
                .hasMessage("x.txt:4: does not belong to a case");
        assertThatThrownBy(() -> DrawingFile.parse("x.txt", "1\n-->\n"))
                .hasMessage("x.txt:1: does not belong to a case");
    }

    @Test
    void bytesAreDrawnInPrintableAscii() {
        byte[] bytes = {'a', 0, '\n', '\\', (byte) 0xFF, ' '};
        assertThat(DrawnText.of(bytes, 0, 6)).isEqualTo("a\\0\\n\\\\\\xFF\\x20");
        assertThat(DrawnText.bytes("a\\0\\n\\\\\\xFF\\_")).isEqualTo(bytes);
        assertThat(DrawnText.text("\\_é🎵")).isEqualTo(" é🎵");
        assertThat(DrawnText.of(" é🎵")).isEqualTo("\\_é🎵");
    }
}
