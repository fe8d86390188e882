package io.filejob.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EarlierTemporaryFoldersTest {
    private static final String READABLE = "rwxr-xr-x";
    private static final Duration OLD = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private Path parent;
    private Path elsewhere;

    @BeforeEach
    void folders() throws IOException {
        parent = Files.createDirectory(folder.resolve("tmp"));
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString(READABLE));
        elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("precious"), "x");
    }

    /** Creates a folder as a killed process of an earlier release leaves it, with its lock file beside it. */
    private Path abandoned(String permissions) throws IOException {
        Path path = Files.createDirectory(parent.resolve("filejob-" + UUID.randomUUID()));
        Files.createDirectories(path.resolve("worker/0"));
        Files.writeString(path.resolve("worker/0/file"), "x");
        Files.createSymbolicLink(path.resolve("worker/link"), elsewhere);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        lockOf(path);
        return path;
    }

    private static Path lockOf(Path path) throws IOException {
        Path lock = path.resolveSibling(path.getFileName() + ".lock");
        if (Files.notExists(lock)) {
            Files.createFile(lock);
            Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));
        }
        return lock;
    }

    private static void age(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(OLD)));
    }

    private void assertStays(Path path) throws IOException {
        TemporaryFolder.create(parent).close();
        assertThat(path.resolve("worker/0/file")).exists();
        assertThat(lockOf(path)).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {READABLE, "rwx------"})
    void foldersOfKilledProcessesAreRemovedWithTheirLocksAndWithoutFollowingLinks(String permissions)
            throws IOException {
        abandoned(permissions);
        abandoned(permissions);
        age(Files.createFile(parent.resolve("filejob-" + UUID.randomUUID() + ".lock")));
        TemporaryFolder.create(parent).close();
        assertThat(parent).isEmptyDirectory();
        assertThat(elsewhere.resolve("precious")).exists();
    }

    @Test
    void aLockWhoseFolderIsAboutToBeCreatedStays() throws IOException {
        Path lock = Files.createFile(parent.resolve("filejob-" + UUID.randomUUID() + ".lock"));
        TemporaryFolder.create(parent).close();
        assertThat(lock).exists();
    }

    @Test
    void foldersOfOtherUsersAreNotTouched() throws IOException {
        Path folderOfOther = abandoned(READABLE);
        Path lockOfOther = abandoned(READABLE);
        if (Files.getAttribute(parent, "unix:uid").equals(0)) {
            Files.setAttribute(folderOfOther, "unix:uid", 12345);
            Files.setAttribute(lockOf(lockOfOther), "unix:uid", 12345);
        } else {
            Files.setPosixFilePermissions(folderOfOther, PosixFilePermissions.fromString("rwxrwxrwx"));
            Files.setPosixFilePermissions(lockOf(lockOfOther), PosixFilePermissions.fromString("rw-rw-rw-"));
        }
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
        TemporaryFolder.create(parent).close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void linksAndFilesWithContentAreNotLocks() throws IOException {
        Path linked = abandoned(READABLE);
        Files.delete(lockOf(linked));
        Files.createSymbolicLink(linked.resolveSibling(linked.getFileName() + ".lock"), elsewhere.resolve("precious"));
        Path withContent = abandoned(READABLE);
        Files.writeString(lockOf(withContent), "x");
        Path link = Files.createSymbolicLink(parent.resolve("filejob-" + UUID.randomUUID()), elsewhere);
        age(lockOf(link));
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
        age(live);
        try (FileChannel channel = FileChannel.open(lockOf(live), StandardOpenOption.WRITE)) {
            assertThat(channel.tryLock()).isNotNull();
            assertStays(live);
        }
        TemporaryFolder.create(parent).close();
        assertThat(parent).isEmptyDirectory();
    }
}
