package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the manifests that one-line commands print with files, which a test of the operator sends to an API server. The
 * first line of a file has the command.
 */
final class OneLineManifestsTest {
    private static final Path FOLDER = Path.of("../core/src/test/resources/manifests/accepted");
    private static final String COMMAND = "# filejob ";
    private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|[^ ]+");

    static List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().startsWith("one-line-"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource
    void manifests(Path file) throws IOException {
        String text = Files.readString(file);
        assertThat(text).startsWith(COMMAND);
        String command = text.substring(COMMAND.length(), text.indexOf('\n'));
        End end = End.of(ARGUMENT.matcher(command)
                .results()
                .map(OneLineManifestsTest::argument)
                .toArray(String[]::new));
        assertThat(end.status()).as(end.err()).isZero();
        assertThat(end.out()).isEqualTo(text.substring(text.indexOf('\n') + 1));
    }

    private static String argument(MatchResult found) {
        return Objects.requireNonNullElse(found.group(1), found.group());
    }

    @Test
    void everyCommandHasAManifest() throws IOException {
        assertThat(manifests().stream()
                        .map(file -> {
                            try {
                                return Files.readAllLines(file).getFirst().split(" ", 4)[2];
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        })
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("average", "aggregate", "ingest", "images");
    }
}
