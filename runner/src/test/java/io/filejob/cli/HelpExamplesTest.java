package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the examples in the help texts of one-line commands: each is a job that can be run. */
final class HelpExamplesTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|[^ ]+");
    private static final List<String> COMMANDS = List.of("average", "aggregate", "ingest", "images");

    static Stream<String> examples() {
        return COMMANDS.stream().flatMap(HelpExamplesTest::examplesOf);
    }

    private static Stream<String> examplesOf(String command) {
        return End.of(command, "--help").out().lines().map(String::strip).filter(line -> line.startsWith("filejob "));
    }

    @Test
    void everyCommandHasExamples() {
        assertThat(COMMANDS)
                .allSatisfy(command -> assertThat(examplesOf(command)).hasSizeGreaterThanOrEqualTo(3));
    }

    @ParameterizedTest
    @MethodSource
    void examples(String example) {
        String line = example.replaceFirst(" > [a-z]+[.]yaml$", "");
        List<String> words =
                WORD.matcher(line).results().map(HelpExamplesTest::word).toList();
        // Manifest or not, the job is checked in the same way.
        Stream<String> last = words.contains("--manifest") ? Stream.empty() : Stream.of("--manifest");
        End end = End.of(Stream.concat(words.stream().skip(1), last).toArray(String[]::new));
        assertThat(end.status()).as(end.err()).isZero();
        assertThat(end.out()).contains("kind: FileJob");
    }

    private static String word(MatchResult found) {
        String text =
                Objects.requireNonNullElse(found.group(1), Objects.requireNonNullElse(found.group(2), found.group()));
        return text.replace("$DATABASE_URL", "postgresql://localhost/shop");
    }
}
