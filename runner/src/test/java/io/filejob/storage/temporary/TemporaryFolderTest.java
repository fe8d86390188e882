package io.filejob.storage.temporary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TemporaryFolderTest {
    @TempDir
    private Path folder;

    private KilledProcessFolders folders;
    private Path parent;
    private Path elsewhere;

    @BeforeEach
    void folders() throws IOException {
        folders = KilledProcessFolders.in(folder);
        parent = folders.parent();
        elsewhere = folders.elsewhere();
    }

    @Test
    void goesWithAllThatIsInItAndFollowsNoLink() throws IOException {
        Path path;
        try (TemporaryFolder scratch = TemporaryFolder.create(parent)) {
            path = scratch.path();
            Files.createDirectories(path.resolve("a/b"));
            Files.writeString(path.resolve("a/b/c"), "x");
            Files.createSymbolicLink(path.resolve("a/link"), elsewhere);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
        }
        assertThat(parent).isEmptyDirectory();
        assertThat(elsewhere.resolve("precious")).exists();
    }

    @Test
    void isLeftAloneWhileItsProcessLives() {
        try (TemporaryFolder first = TemporaryFolder.create(parent);
                TemporaryFolder second = TemporaryFolder.create(parent);
                TemporaryFolder third = TemporaryFolder.create(parent)) {
            assertThat(first.path()).isDirectory().isNotEqualTo(second.path());
            assertThat(third.path()).isDirectory();
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void foldersOfDeadProcessesAreRemovedWithoutFollowingLinks() throws IOException {
        Path abandoned = abandoned("rwx------");
        Files.createSymbolicLink(abandoned.resolve("link"), elsewhere);
        Files.createSymbolicLink(abandoned.resolve("file-link"), elsewhere.resolve("precious"));
        Path unlocked = abandoned("rwx------");
        Files.delete(unlocked.resolve("lock"));
        KilledProcessFolders.age(unlocked);
        folders.assertAllRemoved();
    }

    @Test
    void aFolderThatIsAboutToBeLockedStays() throws IOException {
        Path unlocked = abandoned("rwx------");
        Files.delete(unlocked.resolve("lock"));
        folders.run();
        assertThat(unlocked).exists();
    }

    /** Only root can create files of another user, but the permissions alone suffice to recognize such folders. */
    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxr-x---", "rwx-----x"})
    void foldersThatOthersCanWriteToAreNotTouched(String rights) throws IOException {
        Path planted = abandoned(rights);
        folders.run();
        assertThat(planted.resolve("file")).exists();
    }

    @Test
    void foldersOfOtherUsersAreNotTouched() throws IOException {
        Path planted = abandoned("rwx------");
        folders.giveAway(planted, "rwxr-xr-x");
        folders.run();
        assertThat(planted.resolve("file")).exists();
    }

    @Test
    void linksInPlaceOfFoldersAndLocksAreNotFollowed() throws IOException {
        Path link = Files.createSymbolicLink(folders.unused(), elsewhere);
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
        Path planted = abandoned("rwx------");
        Files.delete(planted.resolve("lock"));
        Files.createSymbolicLink(planted.resolve("lock"), elsewhere.resolve("made"));
        folders.run();
        assertThat(link).isSymbolicLink();
        assertThat(elsewhere.resolve("precious")).exists();
        assertThat(elsewhere.resolve("made")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filejob-abandoned", "filejob-", "filejob-0f8fad5b-d9cb-469f-a165-70867728950e-mine"})
    void foldersOfOtherNamesAreNotTouched(String name) throws IOException {
        Path other = Files.createDirectory(
                parent.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(other.resolve("lock"));
        folders.run();
        assertThat(other.resolve("lock")).exists();
    }

    @Test
    void manyRunsOfOneProcessCleanUpAtTheSameTime() throws InterruptedException, ExecutionException, IOException {
        List<Path> abandoned = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            abandoned.add(abandoned("rwx------"));
        }
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> runs = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                runs.add(threads.submit(() -> {
                    go.await();
                    for (int n = 0; n < 20; n++) {
                        try (TemporaryFolder scratch = TemporaryFolder.create(parent)) {
                            Files.writeString(scratch.path().resolve("file"), "x");
                        }
                    }
                    return null;
                }));
            }
            go.countDown();
            for (Future<?> run : runs) {
                run.get();
            }
        }
        assertThat(abandoned).allSatisfy(path -> assertThat(path).doesNotExist());
        assertThat(parent).isEmptyDirectory();
    }

    /** Creates a folder as a killed process leaves it. */
    private Path abandoned(String rights) throws IOException {
        Path path = folders.leave(rights);
        Files.createFile(path.resolve("lock"));
        return path;
    }
}
