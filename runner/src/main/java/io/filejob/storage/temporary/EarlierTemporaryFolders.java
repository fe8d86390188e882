package io.filejob.storage.temporary;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Temporary folders of releases that locked an empty file beside the folder, {@code filejob-UUID.lock}, instead of a
 * file in it, and whose folder had the default permissions of its user.
 */
final class EarlierTemporaryFolders {
    private static final String SUFFIX = ".lock";
    private static final Pattern LOCK_NAME =
            Pattern.compile("filejob-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}" + Pattern.quote(SUFFIX));
    private static final int STICKY = 01000;

    /** Minimum age of a lock file without a folder; the process of a younger one may be about to create it. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private EarlierTemporaryFolders() {}

    /** Returns whether an earlier release created the temporary folder {@code name} of {@code parent}. */
    static boolean hasLock(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        try {
            attributes(parent, Path.of(name + SUFFIX));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Deletes the folders in {@code parent} that killed processes of {@code user} left, with their lock files. Nothing
     * is deleted if other users can rename files in {@code parent}, or can write to a folder or lock file.
     */
    static synchronized void removeAbandoned(Path parent, UserPrincipal user) {
        try {
            if (!isProtected(parent)) {
                return;
            }
            try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, EarlierTemporaryFolders::isLock)) {
                if (locks instanceof SecureDirectoryStream<Path> secure) {
                    for (Path lock : secure) {
                        removeIfAbandoned(secure, lock.getFileName(), user);
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A folder that can be written but not listed is sufficient.
            return;
        }
    }

    private static boolean isLock(Path path) {
        return LOCK_NAME.matcher(String.valueOf(path.getFileName())).matches();
    }

    /** Returns whether only the owners of the files in {@code folder} can rename and delete them. */
    private static boolean isProtected(Path folder) throws IOException {
        return ((int) Files.getAttribute(folder, "unix:mode") & STICKY) != 0
                || isPrivate(Files.getPosixFilePermissions(folder));
    }

    private static boolean isPrivate(Set<PosixFilePermission> permissions) {
        return !permissions.contains(PosixFilePermission.GROUP_WRITE)
                && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static void removeIfAbandoned(SecureDirectoryStream<Path> parent, Path lockName, UserPrincipal user) {
        try {
            PosixFileAttributes attributes = attributes(parent, lockName);
            if (!attributes.isRegularFile() || attributes.size() > 0 || !isOwn(attributes, user)) {
                return;
            }
            Set<java.nio.file.OpenOption> options = Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (parent.newByteChannel(lockName, options) instanceof FileChannel lock) {
                try (lock) {
                    boolean isSettled = attributes
                            .lastModifiedTime()
                            .toInstant()
                            .isBefore(Instant.now().minus(SETTLED));
                    String name = lockName.toString();
                    Path folder = Path.of(name.substring(0, name.length() - SUFFIX.length()));
                    if (isLocked(lock) && removeFolder(parent, folder, user, isSettled)) {
                        parent.deleteFile(lockName);
                    }
                }
            }
        } catch (IOException e) {
            // Another process is deleting the folder, or this one has no permission.
            return;
        }
    }

    /** Returns whether the folder has been deleted, or did not exist although its process had time to create it. */
    private static boolean removeFolder(
            SecureDirectoryStream<Path> parent, Path name, UserPrincipal user, boolean isSettled) throws IOException {
        try (SecureDirectoryStream<Path> folder = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            PosixFileAttributes attributes =
                    folder.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
            if (!isOwn(attributes, user)) {
                return false;
            }
            FolderTree.empty(folder);
            parent.deleteDirectory(name);
            return true;
        } catch (NoSuchFileException e) {
            return isSettled;
        }
    }

    private static boolean isOwn(PosixFileAttributes attributes, UserPrincipal user) {
        return attributes.owner().equals(user) && isPrivate(attributes.permissions());
    }

    private static PosixFileAttributes attributes(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        return parent.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
