package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --in-flight} names a file of its own, by whatever name it is given. */
final class InFlightOptionTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        folder = folder.toRealPath();
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("store/ledgers"));
        Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(folder.resolve("data/in.csv"), "Song,Plays\na,1\n");
        Files.writeString(folder.resolve("data/number.csv"), "");
        Files.writeString(folder.resolve("secrets/key"), "");
        Files.writeString(folder.resolve("secret.env"), "");
        Files.createSymbolicLink(folder.resolve("folder-link"), Path.of("data"));
        Files.createSymbolicLink(folder.resolve("link.csv"), Path.of("data/in.csv"));
        Files.createSymbolicLink(folder.resolve("link-of-link.csv"), folder.resolve("link.csv"));
        Files.createLink(folder.resolve("hard.csv"), folder.resolve("data/in.csv"));
        Files.createSymbolicLink(folder.resolve("out-link.csv"), Path.of("out.csv"));
        Files.writeString(folder.resolve("job.yaml"), """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: in-flight}
                spec:
                  input: {files: ['data/*.csv']}
                  operation: {aggregate: {groupBy: [Song], measures: [{function: count}]}}
                  onBadRecord: skip
                  output: {uri: out.csv, parts: 1}
                  rejects: {uri: r.csv}
                """);
    }

    private End work(String inFlight) {
        return End.of(
                "work",
                "--index=0",
                "--in-flight=" + folder.resolve(inFlight),
                "--secret=a=" + folder.resolve("secret.env"),
                "--secret=b=" + folder.resolve("secrets"),
                "--store=" + folder.resolve("store"),
                folder.resolve("job.yaml").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data/in.csv",
                "folder-link/number.csv",
                "link-of-link.csv",
                "hard.csv",
                "job.yaml",
                "secret.env",
                "secrets/key",
                "secrets/other",
                "out.csv",
                "out-link.csv",
                "folder-link/../r.csv",
                "store/ledgers/x"
            })
    void aFileOfTheJobIsRefused(String name) throws IOException {
        Map<String, String> before = content();
        End end = work(name);
        assertThat(end.status()).as(end.err()).isEqualTo(64);
        assertThat(end.err()).contains("--in-flight: ", "; name another file");
        assertThat(content()).isEqualTo(before);
    }

    @Test
    void aFileWithOtherContentIsKept() throws IOException {
        Path other = Files.writeString(folder.resolve("notes.txt"), "1\n2\n");
        Map<String, String> before = content();
        for (End end : List.of(
                work("notes.txt"),
                End.of("work", "--index=0", "--config-map=job", "--attempt=01234567-89ab", "--in-flight=" + other))) {
            assertThat(end.status()).as(end.err()).isEqualTo(73);
            assertThat(end.err()).contains("--in-flight: " + other);
            assertThat(content()).isEqualTo(before);
        }
        // The number of a slice that a killed worker left.
        Files.writeString(other, "          17\n");
        assertThat(work("notes.txt").status()).isZero();
    }

    private Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                content.put(file.toString(), Files.isRegularFile(file) ? Files.readString(file) : "");
            }
        }
        return content;
    }
}
