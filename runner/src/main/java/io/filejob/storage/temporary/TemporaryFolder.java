package io.filejob.storage.temporary;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A folder that only the user of this process can access and that is deleted when the process ends. A file in it is
 * locked, and the system releases the lock however the process ends, so that a later process recognizes and deletes the
 * folders of killed processes.
 */
public final class TemporaryFolder implements AutoCloseable {
    private static final String PREFIX = "filejob-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Path LOCK = Path.of("lock");
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final Set<OpenOption> OPTIONS = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    /** Names of this process's folders; closing any other channel to one of their lock files would release the lock. */
    private static final Set<String> HELD = new HashSet<>();

    /**
     * Minimum age of an abandoned folder without a lock file; a younger one may belong to a process that is about to
     * lock it.
     */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private static final int MAX_TRIES = 3;

    private final Path path;
    private final FileChannel lock;

    private TemporaryFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates a folder in {@code TMPDIR}, or in the system's folder for temporary files, and deletes the folders that
     * killed runs left there.
     */
    public static TemporaryFolder create() {
        String configured = System.getenv("TMPDIR");
        return create(Path.of(
                configured == null || configured.isEmpty()
                        ? System.getProperty("java.io.tmpdir", "/tmp")
                        : configured));
    }

    static TemporaryFolder create(Path parent) {
        try {
            TemporaryFolder folder = make(parent);
            UserPrincipal user = Files.getOwner(folder.path, LinkOption.NOFOLLOW_LINKS);
            removeAbandoned(parent, user);
            EarlierTemporaryFolders.removeAbandoned(parent, user);
            return folder;
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "no scratch folder can be made in " + parent + ": " + IoReason.of(e)
                            + " (TMPDIR names another place)",
                    e);
        }
    }

    private static TemporaryFolder make(Path parent) throws IOException {
        for (int tries = 1; ; tries++) {
            Path path = parent.resolve(PREFIX + UUID.randomUUID());
            synchronized (HELD) {
                Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PRIVATE));
                FileChannel lock = FileChannel.open(path.resolve(LOCK), OPTIONS);
                if (isLocked(lock) && Files.exists(path.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)) {
                    HELD.add(path.getFileName().toString());
                    return new TemporaryFolder(path, lock);
                }
                lock.close();
            }
            // Another process treated the folder as abandoned, which requires that this process was suspended for a
            // minute.
            if (tries == MAX_TRIES) {
                throw new IOException("cannot lock " + path);
            }
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Returns the path of the folder. */
    public Path path() {
        return path;
    }

    /** Deletes the folder with its content. */
    @Override
    public void close() {
        try {
            FolderTree.delete(path);
            synchronized (HELD) {
                lock.close();
                HELD.remove(path.getFileName().toString());
            }
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST, "the scratch folder " + path + " cannot be removed: " + IoReason.of(e), e);
        }
    }

    private static void removeAbandoned(Path parent, UserPrincipal user) {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent, TemporaryFolder::isTemporary)) {
            if (children instanceof SecureDirectoryStream<Path> secure) {
                for (Path child : secure) {
                    synchronized (HELD) {
                        removeIfAbandoned(secure, child.getFileName(), user);
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A folder that can be written but not listed is sufficient.
            return;
        }
    }

    private static boolean isTemporary(Path path) {
        return NAME.matcher(String.valueOf(path.getFileName())).matches();
    }

    /**
     * Deletes {@code name} if it is abandoned. All checks use the opened folder, which stays the same even if another
     * user replaces the path.
     */
    private static void removeIfAbandoned(SecureDirectoryStream<Path> parent, Path name, UserPrincipal user) {
        if (HELD.contains(name.toString())) {
            return;
        }
        try (SecureDirectoryStream<Path> folder = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            PosixFileAttributes attributes =
                    folder.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
            if (!attributes.owner().equals(user)
                    || !attributes.permissions().equals(PRIVATE)
                    || EarlierTemporaryFolders.hasLock(parent, name)) {
                return;
            }
            if (!hasLock(folder)
                    && attributes
                            .lastModifiedTime()
                            .toInstant()
                            .isAfter(Instant.now().minus(SETTLED))) {
                return;
            }
            if (folder.newByteChannel(LOCK, OPTIONS, PosixFilePermissions.asFileAttribute(PRIVATE))
                    instanceof FileChannel lock) {
                try (lock) {
                    if (isLocked(lock)) {
                        FolderTree.empty(folder);
                        parent.deleteDirectory(name);
                    }
                }
            }
        } catch (IOException e) {
            // Another process is deleting the folder, or this one has no permission.
            return;
        }
    }

    private static boolean hasLock(SecureDirectoryStream<Path> folder) {
        try {
            return folder.getFileAttributeView(LOCK, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes()
                    .isRegularFile();
        } catch (IOException e) {
            return false;
        }
    }

    /** Deletes a folder with its content; links are not followed, and other processes may delete the same folder. */
    public static void remove(Path folder) throws IOException {
        FolderTree.delete(folder);
    }
}
