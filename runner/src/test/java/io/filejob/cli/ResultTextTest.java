package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The results of jobs as text, which people read, and as JSON, which programs read. */
final class ResultTextTest {
    @TempDir
    private Path folder;

    private String input(String content) throws IOException {
        Path file = folder.resolve("plays.csv");
        Files.writeString(file, content);
        return file.toString();
    }

    @Test
    void averagesAreRoundedAndNumbersRightAligned() throws IOException {
        String file = input("Song,Plays\nBlue,1\nBlue,2\nBlue,2\nRed,1000\n" + "x".repeat(300) + ",4\n");
        End end = End.of("aggregate", "-q", "--by", "Song", "--sum", "Plays", "--avg", "Plays:mean", file);
        assertThat(end.out().lines().limit(7))
                .containsExactly(
                        "Song" + " ".repeat(66) + "  sum(Plays)              mean",
                        "Blue" + " ".repeat(66) + "           5  1.66666666666667",
                        "Red" + " ".repeat(67) + "        1000              1000",
                        "x".repeat(69) + "…" + "           4                 4",
                        "averages are rounded; -o json and an output have all digits",
                        "",
                        "3 groups of 5 rows in 1 file");
        assertThat(End.of("average", "-q", "-c", "Plays", file).out()).startsWith("average   201.8\n");
    }

    @Test
    void dataCannotControlTheTerminal() throws IOException {
        String file = input("So\u001b[2Jng,Plays\n\u001b]0;title\u0007,1\n\"a\nb\u009b\u202e\",2\nc,\u001b[31mred\n");
        for (End end : new End[] {
            End.of("aggregate", "-q", "--skip-bad", "--by", "#1", "--sum", "Plays", "--no-header", file),
            End.of("aggregate", "-q", "--skip-bad", "--by", "So\u001b[2Jng", "--sum", "Plays", file),
            End.of("average", "-q", "-c", "Plays", file),
            End.of("average", "-q", "-c", "\u001b[31m", file)
        }) {
            assertThat((end.out() + end.err()).codePoints().filter(c -> c != '\n'))
                    .isNotEmpty()
                    .noneMatch(Character::isISOControl)
                    .noneMatch(c -> c == '\u202e');
        }
    }

    @Test
    void countsAndSizesAreNumbersInJson() throws IOException {
        String file = input("Song,Plays\nBlue,1\nRed,2\nRed,2\nc,x\n");
        JsonNode status = End.of("aggregate", "-q", "--skip-bad", "--by", "Song", "--avg", "Plays", file, "-o", "json")
                .json()
                .path("status");
        for (String number : new String[] {
            "/rows/in", "/rows/used", "/rows/rejected", "/slices/total", "/slices/done", "/plan/inputs", "/plan/bytes"
        }) {
            assertThat(status.at(number).isIntegralNumber()).as(number).isTrue();
        }
        assertThat(status.at("/rejected/samples/0/line").isIntegralNumber()).isTrue();
    }
}
