package io.filejob.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.ListingProgress;
import io.filejob.storage.local.InputListing;
import io.filejob.storage.local.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file is listed once, regardless of its names, and every listing ends. */
@Timeout(180)
final class ListingLinksTest {
    @TempDir
    private Path folder;

    private Path base;

    @BeforeEach
    void files() throws IOException {
        base = Files.createDirectory(folder.toRealPath().resolve("base"));
        Path other = Files.createDirectory(folder.toRealPath().resolve("other"));
        for (String name : List.of("2020/a.csv", "2020/deep/b.csv", "2021/a.csv", "../other/c.csv")) {
            Path file = base.resolve(name).normalize();
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x\n" + name.length() + "\n");
        }
        // A loop, two links to each other, links to a folder, and an outside folder with a link back.
        Files.createSymbolicLink(base.resolve("2020/loop"), Path.of(".."));
        Files.createSymbolicLink(base.resolve("2020/deep/other-loop"), Path.of("../../2021"));
        Files.createSymbolicLink(base.resolve("2021/back"), Path.of("../2020"));
        Files.createSymbolicLink(base.resolve("latest"), Path.of("2021"));
        Files.createSymbolicLink(base.resolve("0-latest"), base.resolve("2021"));
        Files.createSymbolicLink(base.resolve("z-other"), other);
        Files.createSymbolicLink(other.resolve("up"), base);
        // Links to a file.
        Files.createSymbolicLink(base.resolve("0-link.csv"), Path.of("2020/a.csv"));
        Files.createLink(base.resolve("2021/hard.csv"), base.resolve("2020/deep/b.csv"));
        Files.createSymbolicLink(base.resolve("gone.csv"), Path.of("nowhere"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "**/*.csv             | 2020/a.csv 2020/deep/b.csv 2021/a.csv z-other/c.csv",
                "**                   | 2020/a.csv 2020/deep/b.csv 2021/a.csv z-other/c.csv",
                "**/**/*.csv          | 2020/a.csv 2020/deep/b.csv 2021/a.csv z-other/c.csv",
                "**/loop/**/a.csv     | 2020/loop/2020/a.csv 2020/loop/2021/a.csv",
                "*/a.csv              | 2020/a.csv 2021/a.csv",
                "{latest,2021}/*.csv  | 2021/a.csv 2021/hard.csv",
                "latest/*.csv         | latest/a.csv latest/hard.csv",
                "*.csv                | 0-link.csv",
                "*/*/*/*/*.csv        | 2020/deep/other-loop/back/a.csv",
            })
    void everyFileIsFoundOnce(String entry, String expected) {
        assertThat(names(List.of(entry)).stream().limit(expected.split(" ", -1).length))
                .containsExactly(expected.split(" ", -1));
        if (!entry.startsWith("*/*/")) {
            assertThat(names(List.of(entry))).hasSize(expected.split(" ", -1).length);
        }
    }

    @Test
    void aFileOfTwoEntriesIsReadOnceByItsFirstName() {
        assertThat(names(List.of("latest/a.csv", "0-link.csv", "**/*.csv", "2021/hard.csv")))
                .containsExactly("latest/a.csv", "0-link.csv", "2020/deep/b.csv", "z-other/c.csv");
    }

    @Test
    void filesThatOnlyLookAlikeAreAllRead() throws IOException {
        for (int i = 0; i < 3; i++) {
            Path copy = Files.writeString(base.resolve("copy-" + i + ".csv"), "x\n1\n");
            Files.setLastModifiedTime(copy, Files.getLastModifiedTime(base.resolve("2020/a.csv")));
        }
        assertThat(names(List.of("copy-*.csv"))).hasSize(3);
    }

    @Test
    void aListingHasLimits() throws IOException {
        for (int i = 0; i < 50; i++) {
            Files.createFile(base.resolve("many-" + i + ".txt"));
        }
        assertThatThrownBy(() -> list("many-*", new ListingProgress(8_000, 1000)))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_MANIFEST))
                .hasMessageContaining("TooManyFiles: input many-* gives more than")
                .hasMessageContaining("8,000 bytes");
        assertThatThrownBy(() -> list("**/no.csv", new ListingProgress(1 << 20, 30)))
                .hasMessageContaining("more than 30 names");
        assertThat(list("many-*", new ListingProgress(1 << 20, 1000))).hasSize(50);
    }

    private List<InputListing.ListedFile> list(String entry, ListingProgress progress) {
        progress.begin(entry);
        return new InputListing(base, Mounts.NONE, progress).expand(entry);
    }

    @Test
    void aListingThatStandsStillEndsAndSaysWhere() {
        CountDownLatch never = new CountDownLatch(1);
        ListingProgress progress = new ListingProgress();
        progress.begin("/far/**");
        progress.enter("/far/away");
        List<String> said = new ArrayList<>();
        assertThatThrownBy(() -> new ListingWait(Duration.ofMillis(600), said::add).call(progress, () -> {
                    never.await();
                    return "";
                }))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageContaining("listing input /far/**: 0 files so far, at /far/away: no response");
        assertThat(said).isNotEmpty().allMatch(text -> text.contains("/far/away"));
    }

    private List<String> names(List<String> entries) {
        return new Storage(base)
                .list(entries).stream()
                        .map(file -> base.relativize(Path.of(file.name())).toString())
                        .toList();
    }
}
