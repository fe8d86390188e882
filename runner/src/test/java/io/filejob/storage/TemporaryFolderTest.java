package io.filejob.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TemporaryFolderTest {
    @Test
    void goesWithAllThatIsInIt() throws IOException {
        Path path;
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            path = folder.path();
            Files.createDirectories(path.resolve("a/b"));
            Files.writeString(path.resolve("a/b/c"), "x");
        }
        assertThat(path).doesNotExist();
        assertThat(path.resolveSibling(path.getFileName() + ".lock")).doesNotExist();
    }

    @Test
    void isLeftAloneWhileItsProcessLives() {
        try (TemporaryFolder first = TemporaryFolder.create();
                TemporaryFolder second = TemporaryFolder.create();
                TemporaryFolder third = TemporaryFolder.create()) {
            assertThat(first.path()).isDirectory().isNotEqualTo(second.path());
            assertThat(third.path()).isDirectory();
        }
    }

    @Test
    void whatADeadProcessLeftIsRemoved() throws IOException {
        Path parent;
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            parent = folder.path().resolveSibling(".").normalize();
        }
        Path abandoned = Files.createDirectory(parent.resolve("filejob-abandoned"));
        Files.writeString(abandoned.resolve("file"), "x");
        Files.createFile(parent.resolve("filejob-abandoned.lock"));
        TemporaryFolder.create().close();
        assertThat(abandoned).doesNotExist();
        assertThat(parent.resolve("filejob-abandoned.lock")).doesNotExist();
    }
}
