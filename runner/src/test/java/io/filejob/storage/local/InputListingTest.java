package io.filejob.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.InputFile;
import io.filejob.storage.Storage;
import io.filejob.storage.TestSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InputListingTest {
    @TempDir
    private Path base;

    @BeforeEach
    void files() throws IOException {
        for (String name : List.of(
                "b.csv",
                "a.csv",
                "B.csv",
                "é.csv",
                "note.txt",
                ".hidden.csv",
                "sub/c.csv",
                "sub/deep/d.csv",
                ".dot/e.csv",
                "star*.csv",
                "with space.csv",
                "x[1].csv")) {
            Path file = base.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x\n1\n");
        }
        Files.createDirectory(base.resolve("empty"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.csv                | a.csv",
                "./sub/../a.csv       | a.csv",
                // Byte order: capitals first, letters beyond ASCII last.
                "?.csv                | B.csv a.csv b.csv é.csv",
                "[ab].csv             | a.csv b.csv",
                "{b,note}.{csv,txt}   | b.csv note.txt",
                "sub                  | sub/c.csv",
                "sub/**               | sub/c.csv sub/deep/d.csv",
                "**/d.csv             | sub/deep/d.csv",
                "**/[c-e].csv         | sub/c.csv sub/deep/d.csv",
                ".*.csv               | .hidden.csv",
                "*/*.csv              | sub/c.csv",
                ".dot/*.csv           | .dot/e.csv",
                "x[1].csv             | x[1].csv",
                "file:a.csv           | a.csv",
                "file:with%20space.csv| with space.csv",
                "with space.csv       | with space.csv",
                "file:star%2A.csv     | star*.csv",
                "file:st*%2A.csv      | star*.csv",
            })
    void findsFilesInByteOrder(String entry, String expected) {
        assertThat(names(List.of(entry))).isEqualTo(expected(expected));
    }

    @Test
    void keepsTheOrderOfTheListAndReadsAFileOnce() {
        assertThat(names(List.of("note.txt", "[ab].csv", "a.csv", "B.csv", "sub")))
                .containsExactly("note.txt", "a.csv", "b.csv", "B.csv", "sub/c.csv");
    }

    @Test
    void anAbsoluteUriNeedsNoBase() {
        assertThat(new Storage(Path.of("/"))
                        .list(List.of(base.resolve("[ab].csv")
                                .toUri()
                                .toString()
                                .replace("%5B", "[")
                                .replace("%5D", "]"))))
                .extracting(file -> Path.of(file.name()).getFileName().toString())
                .containsExactly("a.csv", "b.csv");
    }

    @Test
    void whatStandsInForAVolumeKeepsTheVolumesNames() {
        Mounts mounts = Mounts.of(List.of("/data=" + base, "/data/other=" + base.resolve("sub")));
        try (Storage storage = Storage.of(new TestSpec("{files: [x]}").spec(), Path.of("/"), Secrets.NONE, mounts)) {
            assertThat(storage.list(List.of("file:///data/[ab].csv", "/data/other/**", "/data/other")))
                    .extracting(InputFile::name)
                    .containsExactly("/data/a.csv", "/data/b.csv", "/data/other/c.csv", "/data/other/deep/d.csv");
            assertThat(storage.file("/data/out.csv")).isEqualTo(base.resolve("out.csv"));
            assertThat(storage.file("/elsewhere")).isEqualTo(Path.of("/elsewhere"));
        }
    }

    @Test
    void pinsSizeAndTime() throws IOException {
        Path file = base.resolve("a.csv");
        assertThat(new Storage(base).list(List.of("a.csv"))).singleElement().satisfies(pinned -> {
            assertThat(pinned.name()).isEqualTo(file.toString());
            assertThat(pinned.size()).isEqualTo(4);
            assertThat(Long.parseLong(pinned.version()) / 1_000_000)
                    .isEqualTo(Files.getLastModifiedTime(file).toMillis());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing.csv", "nowhere/a.csv", "*.json", "empty", "empty/*", "a.csv/b"})
    void whatGivesNothingIsRefusedByName(String entry) {
        assertThatThrownBy(() -> new Storage(base).list(List.of(entry)))
                .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.NO_INPUT))
                .hasMessageContaining("input " + entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://server/a.csv", "file:a%2", "file:%zz"})
    void aUriThatIsNoneIsABadManifest(String entry) {
        assertThatThrownBy(() -> new Storage(base).list(List.of(entry)))
                .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.BAD_MANIFEST));
    }

    private List<String> names(List<String> entries) {
        return new Storage(base)
                .list(entries).stream()
                        .map(file -> base.relativize(Path.of(file.name())).toString())
                        .toList();
    }

    /** Splits names at blanks; the only name that contains a blank is written as it is. */
    private static List<String> expected(String names) {
        return names.equals("with space.csv") ? List.of(names) : List.of(names.split(" ", -1));
    }
}
