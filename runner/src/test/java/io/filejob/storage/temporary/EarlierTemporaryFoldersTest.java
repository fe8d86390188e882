package io.filejob.storage.temporary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EarlierTemporaryFoldersTest {
    private static final String READABLE = "rwxr-xr-x";

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

    /** Creates a folder as a killed process of an earlier release leaves it, with its lock file beside it. */
    private Path abandoned(String permissions) throws IOException {
        Path path = folders.leave(permissions);
        Files.createSymbolicLink(path.resolve("worker/link"), elsewhere);
        lockOf(path);
        return path;
    }

    private static Path lock(Path path) {
        return path.resolveSibling(path.getFileName() + ".lock");
    }

    private static Path lockOf(Path path) throws IOException {
        Path lock = lock(path);
        if (Files.notExists(lock)) {
            Files.createFile(lock);
            Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));
        }
        return lock;
    }

    private void assertStays(Path path) throws IOException {
        folders.run();
        assertThat(path.resolve("worker/0/file")).exists();
        assertThat(lockOf(path)).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {READABLE, "rwx------"})
    void foldersOfKilledProcessesAreRemovedWithTheirLocksAndWithoutFollowingLinks(String permissions)
            throws IOException {
        abandoned(permissions);
        abandoned(permissions);
        KilledProcessFolders.age(Files.createFile(lock(folders.unused())));
        folders.assertAllRemoved();
    }

    @Test
    void aLockWhoseFolderIsAboutToBeCreatedStays() throws IOException {
        Path lock = Files.createFile(lock(folders.unused()));
        folders.run();
        assertThat(lock).exists();
    }

    @Test
    void foldersOfOtherUsersAreNotTouched() throws IOException {
        Path folderOfOther = abandoned(READABLE);
        Path lockOfOther = abandoned(READABLE);
        folders.giveAway(folderOfOther, "rwxrwxrwx");
        folders.giveAway(lockOf(lockOfOther), "rw-rw-rw-");
        assertStays(folderOfOther);
        assertStays(lockOfOther);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx"})
    void foldersThatOthersCanWriteToAreNotTouched(String permissions) throws IOException {
        assertStays(abandoned(permissions));
    }

    /** Another user could give any folder of this user such a name. */
    @Test
    void nothingIsRemovedWhereOthersCanRenameFiles() throws IOException {
        Path planted = abandoned(READABLE);
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertStays(planted);
        Files.setAttribute(parent, "unix:mode", (int) Files.getAttribute(parent, "unix:mode") | 01000);
        folders.assertAllRemoved();
    }

    @Test
    void linksAndFilesWithContentAreNotLocks() throws IOException {
        Path linked = abandoned(READABLE);
        Files.delete(lockOf(linked));
        Files.createSymbolicLink(lock(linked), elsewhere.resolve("precious"));
        Path withContent = abandoned(READABLE);
        Files.writeString(lockOf(withContent), "x");
        Path link = Files.createSymbolicLink(folders.unused(), elsewhere);
        KilledProcessFolders.age(lockOf(link));
        assertStays(linked);
        assertStays(withContent);
        assertThat(link).isSymbolicLink();
        assertThat(elsewhere.resolve("precious")).hasContent("x");
    }

    /** With a strict umask, the folder of a live process looks like an abandoned one of this release. */
    @ParameterizedTest
    @ValueSource(strings = {READABLE, "rwx------"})
    void aFolderWhoseLockIsHeldStays(String permissions) throws IOException {
        Path live = abandoned(permissions);
        KilledProcessFolders.age(live);
        try (FileChannel channel = FileChannel.open(lockOf(live), StandardOpenOption.WRITE)) {
            assertThat(channel.tryLock()).isNotNull();
            assertStays(live);
        }
        folders.assertAllRemoved();
    }
}
