package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests messages about mistakes. A case of the table begins with {@code ==} and its title; a command and the manifest
 * job.yaml follow, or only the fields of its spec; then an arrow and the output.
 */
final class MessagesTest {
    private static final Path TABLES = Path.of("src/test/resources/messages");
    private static final String HEAD = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: case}
            spec:
            """;

    @TempDir
    private Path folder;

    /** A case of a table. */
    record Mistake(String place, String command, List<String> manifest, List<String> expected) {
        @Override
        public String toString() {
            return place;
        }
    }

    static List<Mistake> usage() throws IOException {
        return read("usage.txt");
    }

    static List<Mistake> yaml() throws IOException {
        return read("yaml.txt");
    }

    static List<Mistake> fields() throws IOException {
        return read("fields.txt");
    }

    static List<Mistake> data() throws IOException {
        return read("data.txt");
    }

    static List<Mistake> shortForms() throws IOException {
        return read("short-forms.txt");
    }

    private static List<Mistake> read(String name) throws IOException {
        List<Mistake> cases = new ArrayList<>();
        List<String> manifest = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<String> current = manifest;
        int number = 0;
        for (String line : Files.readAllLines(TABLES.resolve(name))) {
            number++;
            if (line.startsWith("== ")) {
                manifest = new ArrayList<>();
                expected = new ArrayList<>();
                current = manifest;
                cases.add(new Mistake(name + ":" + number + " " + line.substring(3), "", manifest, expected));
            } else if (line.startsWith("$ filejob ")) {
                Mistake last = cases.removeLast();
                cases.add(new Mistake(last.place(), line.substring("$ filejob ".length()), manifest, expected));
            } else if (line.equals("-->")) {
                current = expected;
            } else if (!line.isEmpty()) {
                current.add(line.replace("\\t", "\t"));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource
    void usage(Mistake mistake) throws IOException {
        check(mistake, 64);
    }

    @ParameterizedTest
    @MethodSource
    void yaml(Mistake mistake) throws IOException {
        check(mistake, 78);
    }

    @ParameterizedTest
    @MethodSource
    void fields(Mistake mistake) throws IOException {
        check(mistake, 78);
    }

    @ParameterizedTest
    @MethodSource
    void data(Mistake mistake) throws IOException {
        check(mistake, 65);
    }

    @ParameterizedTest
    @MethodSource
    void shortForms(Mistake mistake) throws IOException {
        check(mistake, 0);
    }

    private void check(Mistake mistake, int status) throws IOException {
        boolean isWhole =
                mistake.manifest().isEmpty() || !mistake.manifest().getFirst().startsWith(" ");
        Files.writeString(
                folder.resolve("job.yaml"), (isWhole ? "" : HEAD) + String.join("\n", mistake.manifest()) + "\n");
        Files.writeString(folder.resolve("plays.csv"), "Song,Date,Plays\na,2020-01-01,1\n");
        Files.writeString(folder.resolve("utf16.csv"), "\uFEFFSong,Plays\na,1\n", StandardCharsets.UTF_16LE);
        Stream<String> arguments = Arrays.stream(mistake.command().split(" "))
                .map(argument -> argument.replaceFirst("^(job\\.yaml|plays\\.csv|utf16\\.csv)$", folder + "/$1"));
        End end = End.of(arguments.toArray(String[]::new));
        assertThat((end.out() + end.err()).replace(folder + "/", ""))
                .as(mistake.place())
                .isEqualTo(String.join("\n", mistake.expected()) + "\n");
        assertThat(end.status()).as(mistake.place()).isEqualTo(status);
    }
}
