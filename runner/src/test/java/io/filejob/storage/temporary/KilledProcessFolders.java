package io.filejob.storage.temporary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Temporary folders as killed processes leave them.
 *
 * @param parent the folder for temporary folders
 * @param elsewhere a folder beside it that must not be reached through links, with the file {@code precious}
 */
record KilledProcessFolders(Path parent, Path elsewhere) {
    private static final Duration OLD = Duration.ofMinutes(5);

    /** Creates both folders in {@code folder}; only the user may write to them. */
    static KilledProcessFolders in(Path folder) throws IOException {
        Path parent = Files.createDirectory(folder.resolve("tmp"));
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("precious"), "x");
        return new KilledProcessFolders(parent, elsewhere);
    }

    /** Creates a temporary folder with some files, and with these permissions. */
    Path leave(String permissions) throws IOException {
        Path path = Files.createDirectory(unused());
        Files.createDirectories(path.resolve("worker/0"));
        Files.writeString(path.resolve("worker/0/file"), "x");
        Files.writeString(path.resolve("file"), "x");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        return path;
    }

    /** Returns the path of a temporary folder that does not exist. */
    Path unused() {
        return parent.resolve("filejob-" + UUID.randomUUID());
    }

    /** Makes a file or folder so old that it does not belong to a process that is about to lock it. */
    static void age(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(OLD)));
    }

    /** Gives a file or folder to another user or, without the right to do so, these permissions. */
    void giveAway(Path path, String permissions) throws IOException {
        if (Files.getAttribute(parent, "unix:uid").equals(0)) {
            Files.setAttribute(path, "unix:uid", 12345);
        } else {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    /** Creates and removes a temporary folder, as a run does, which also removes those of killed processes. */
    void run() {
        TemporaryFolder.create(parent).close();
    }

    /** Runs, and checks that nothing is left except {@code precious}. */
    void assertAllRemoved() {
        run();
        assertThat(parent).isEmptyDirectory();
        assertThat(elsewhere.resolve("precious")).hasContent("x");
    }
}
