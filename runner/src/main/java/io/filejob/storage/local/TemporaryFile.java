package io.filejob.storage.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A new file under a temporary name in the folder of its final path. Its writer holds a lock on it, which the system
 * releases however the process ends, so that a later writer recognizes and deletes the files of killed writers. For one
 * thread.
 */
public final class TemporaryFile implements AutoCloseable {
    private static final String SUFFIX = ".filejob-tmp";
    private static final Pattern NAME =
            Pattern.compile("\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}" + Pattern.quote(SUFFIX));
    private static final int MAX_TRIES = 50;

    /** Keys of the files of this process; closing any other channel to one of them would release its lock. */
    private static final Set<Object> HELD = new HashSet<>();

    private final OpenFolder folder;
    private final String name;
    private final FileChannel channel;
    private final @Nullable Object key;
    private final boolean contested;
    private boolean moved;

    private TemporaryFile(
            OpenFolder folder, String name, FileChannel channel, @Nullable Object key, boolean contested) {
        this.folder = folder;
        this.name = name;
        this.channel = channel;
        this.key = key;
        this.contested = contested;
    }

    /** Creates a new, empty file in {@code folder}, which is closed by its owner, after this file. */
    public static TemporaryFile in(OpenFolder folder) throws IOException {
        for (int tries = 1; ; tries++) {
            TemporaryFile file = create(folder, "." + UUID.randomUUID() + SUFFIX);
            // Another process may have considered the file abandoned before it was locked, and have deleted it or be
            // about to.
            if (!file.contested && folder.has(file.name)) {
                return file;
            }
            file.close();
            if (tries == MAX_TRIES) {
                throw new NoSuchFileException(file.path().toString());
            }
        }
    }

    private static TemporaryFile create(OpenFolder folder, String name) throws IOException {
        synchronized (HELD) {
            FileChannel channel =
                    folder.open(name, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Object key = key(folder, name);
            if (key != null) {
                HELD.add(key);
            }
            return new TemporaryFile(folder, name, channel, key, lock(channel) == Lock.HELD_ELSEWHERE);
        }
    }

    /** Returns the identity of a file; null if another process has deleted it, or the file system has no identities. */
    private static @Nullable Object key(OpenFolder folder, String name) throws IOException {
        try {
            return folder.attributes(name).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private enum Lock {
        OWN,
        HELD_ELSEWHERE,
        /** The file system has no locks. */
        UNSUPPORTED
    }

    private static Lock lock(FileChannel channel) {
        try {
            return channel.tryLock() == null ? Lock.HELD_ELSEWHERE : Lock.OWN;
        } catch (OverlappingFileLockException e) {
            return Lock.HELD_ELSEWHERE;
        } catch (IOException e) {
            return Lock.UNSUPPORTED;
        }
    }

    /** Returns the temporary path. */
    Path path() {
        return folder.path().resolve(name);
    }

    /** Returns the channel for writing the content. */
    FileChannel channel() {
        return channel;
    }

    /** Copies mode, owner and group of the file {@code other} of the same folder, as far as this process may. */
    void takeAttributes(String other) throws IOException {
        PosixFileAttributeView view = folder.view(name, PosixFileAttributeView.class);
        PosixFileAttributeView model = folder.view(other, PosixFileAttributeView.class);
        if (view == null || model == null) {
            return;
        }
        PosixFileAttributes wanted = model.readAttributes();
        PosixFileAttributes present = view.readAttributes();
        try {
            if (!present.group().equals(wanted.group())) {
                view.setGroup(wanted.group());
            }
            if (!present.owner().equals(wanted.owner())) {
                view.setOwner(wanted.owner());
            }
        } catch (IOException e) {
            // Only root may give files to others, so the mode is kept and the file belongs to this user.
            view.setPermissions(wanted.permissions());
            return;
        }
        view.setPermissions(wanted.permissions());
    }

    /**
     * Moves the file to {@code target} in the same folder and replaces an existing file; forces it to disk if {@code
     * durable}.
     */
    public void moveTo(Path target, boolean durable) throws IOException {
        if (durable) {
            channel.force(true);
        }
        folder.move(name, String.valueOf(target.getFileName()));
        moved = true;
        release();
        if (durable) {
            folder.force();
        }
    }

    /** Deletes the file, unless it was moved. */
    @Override
    public void close() throws IOException {
        try {
            if (!moved) {
                folder.delete(name);
            }
        } finally {
            release();
        }
    }

    private void release() throws IOException {
        synchronized (HELD) {
            channel.close();
            if (key != null) {
                HELD.remove(key);
            }
        }
    }

    /**
     * Deletes the temporary files in {@code folder} that killed processes of the same user left. Files of other users,
     * links and files that are being written stay. A folder that cannot be read is left as it is.
     */
    static void removeAbandoned(OpenFolder folder) {
        try (DirectoryStream<Path> files = folder.entries()) {
            if (!(files instanceof SecureDirectoryStream<Path> secure)) {
                return;
            }
            UserPrincipal user = null;
            for (Path file : secure) {
                if (!isTemporary(file)) {
                    continue;
                }
                if (user == null) {
                    user = user(folder);
                }
                synchronized (HELD) {
                    removeIfAbandoned(secure, file.getFileName(), user);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // The writer will report a problem with the folder itself.
            return;
        }
    }

    private static boolean isTemporary(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** Returns the user of this process, as the file system of {@code folder} reports it. */
    private static UserPrincipal user(OpenFolder folder) throws IOException {
        try (TemporaryFile own = in(folder)) {
            return Objects.requireNonNull(folder.view(own.name, PosixFileAttributeView.class))
                    .getOwner();
        }
    }

    private static void removeIfAbandoned(SecureDirectoryStream<Path> folder, Path name, UserPrincipal user) {
        try {
            PosixFileAttributes attributes = folder.getFileAttributeView(
                            name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            if (!attributes.isRegularFile()
                    || !attributes.owner().equals(user)
                    || HELD.contains(attributes.fileKey())) {
                return;
            }
            Set<java.nio.file.OpenOption> options =
                    Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (folder.newByteChannel(name, options) instanceof FileChannel channel) {
                try (channel) {
                    if (lock(channel) == Lock.OWN) {
                        folder.deleteFile(name);
                    }
                }
            }
        } catch (IOException e) {
            // Another process deleted the file first, or this one has no permission.
            return;
        }
    }
}
