package io.filejob.storage.local;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttributeView;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder in which files are opened, moved and deleted by their names. One on a volume is held open: it was reached folder by
 * folder without following links, and it stays the same folder if another pod puts a link in its place. Elsewhere, and on
 * file systems without such access, it is a path. Links are never followed at the last step.
 */
public final class OpenFolder implements AutoCloseable {
    private static final Path ITSELF = Path.of(".");

    private final Path path;
    private final @Nullable SecureDirectoryStream<Path> held;

    private OpenFolder(Path path, @Nullable SecureDirectoryStream<Path> held) {
        this.path = path;
        this.held = held;
    }

    /** A folder that is not on a volume. */
    public static OpenFolder of(Path folder) {
        return new OpenFolder(folder, null);
    }

    /** The folder at {@code real}, a path without links at or below {@code root}, another one. */
    static OpenFolder below(Path root, Path real) throws IOException {
        return reach(root, real, OpenFolder::child);
    }

    /**
     * As {@link #below}, but creates the folders that are missing; forces their directory entries to disk if {@code
     * durable}.
     */
    static OpenFolder createBelow(Path root, Path real, boolean durable) throws IOException {
        AtomicFiles.createFolders(root, durable);
        OpenFolder folder = reach(root, real, (above, name) -> above.childOrNew(name, durable));
        if (folder.held == null) {
            AtomicFiles.createFolders(real, durable);
        }
        return folder;
    }

    /** Opens one folder of an open one. */
    @FunctionalInterface
    private interface FolderAction {
        OpenFolder open(OpenFolder above, String name) throws IOException;
    }

    @SuppressWarnings("StreamResourceLeak") // The result closes the stream.
    private static OpenFolder reach(Path root, Path real, FolderAction step) throws IOException {
        if (!real.startsWith(root)) {
            throw new FileSystemException(real.toString(), null, "it is not below " + root);
        }
        DirectoryStream<Path> first = Files.newDirectoryStream(root);
        if (!(first instanceof SecureDirectoryStream<Path> secure)) {
            first.close();
            return new OpenFolder(real, null);
        }
        OpenFolder folder = new OpenFolder(root, secure);
        if (!real.equals(root)) {
            for (Path name : root.relativize(real)) {
                try (OpenFolder above = folder) {
                    folder = step.open(above, name.toString());
                }
            }
        }
        return folder;
    }

    private OpenFolder child(String name) throws IOException {
        return new OpenFolder(
                path.resolve(name),
                Objects.requireNonNull(held).newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * Opens the folder {@code name} of this one, or creates it. Java can create a folder only by a path, in which another
     * pod may put a link: the result is a folder of this one nevertheless, and nothing is written if there is none.
     */
    private OpenFolder childOrNew(String name, boolean durable) throws IOException {
        try {
            return child(name);
        } catch (NoSuchFileException e) {
            checkInPlace();
        }
        try {
            Files.createDirectory(path.resolve(name));
        } catch (FileAlreadyExistsException e) {
            // Another worker was faster, or it is no folder, which the next call reports.
        }
        try {
            OpenFolder made = child(name);
            if (durable) {
                force();
            }
            return made;
        } catch (NoSuchFileException e) {
            checkInPlace();
            throw e;
        }
    }

    /** The path that it was opened by. */
    Path path() {
        return path;
    }

    /** The file of this name, opened. */
    FileChannel open(String name, OpenOption... options) throws IOException {
        Set<OpenOption> all = new HashSet<>(List.of(options));
        all.add(LinkOption.NOFOLLOW_LINKS);
        if (held == null) {
            return FileChannel.open(path.resolve(name), all);
        }
        if (held.newByteChannel(Path.of(name), all) instanceof FileChannel channel) {
            return channel;
        }
        throw new IOException("the file system has no channels to files");
    }

    /** The content of the file of this name. */
    byte[] read(String name) throws IOException {
        if (held == null) {
            // In contrast to a channel, this stream is not closed if the thread is interrupted.
            try (InputStream file = Files.newInputStream(path.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                return file.readAllBytes();
            }
        }
        try (FileChannel file = open(name, StandardOpenOption.READ)) {
            return Channels.newInputStream(file).readAllBytes();
        } catch (ClosedByInterruptException e) {
            throw new JobFailedException(ExitCode.INTERRUPTED, "interrupted while reading " + path.resolve(name), e);
        }
    }

    /** Whether it is held open, so that only its own files can be reached. */
    boolean isHeld() {
        return held != null;
    }

    /** The attributes of the file of this name; null if the file system does not have these. */
    <V extends FileAttributeView> @Nullable V view(String name, Class<V> type) {
        return held == null
                ? Files.getFileAttributeView(path.resolve(name), type, LinkOption.NOFOLLOW_LINKS)
                : held.getFileAttributeView(Path.of(name), type, LinkOption.NOFOLLOW_LINKS);
    }

    /** The attributes of the file of this name, or of a link of this name. */
    BasicFileAttributes attributes(String name) throws IOException {
        return Objects.requireNonNull(view(name, BasicFileAttributeView.class)).readAttributes();
    }

    /** Whether there is a file or link of this name. */
    boolean has(String name) throws IOException {
        try {
            attributes(name);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Whether there is a folder of this name, not a link to one. */
    boolean isFolder(String name) throws IOException {
        return has(name) && attributes(name).isDirectory();
    }

    /** Its entries, for one pass; each ends with a name. */
    @SuppressWarnings("StreamResourceLeak") // The caller closes it.
    DirectoryStream<Path> entries() throws IOException {
        return held == null
                ? Files.newDirectoryStream(path)
                : held.newDirectoryStream(ITSELF, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the failure of a pass over {@link #entries}. */
    static IOException cause(DirectoryIteratorException e) {
        return Objects.requireNonNullElseGet(e.getCause(), () -> new IOException(e));
    }

    /** Puts the file {@code from} at {@code to}, in place of the file there, in one step. */
    void move(String from, String to) throws IOException {
        if (held == null) {
            Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        } else {
            held.move(Path.of(from), held, Path.of(to));
        }
    }

    /** Deletes the file or link of this name, if there is one. */
    void delete(String name) throws IOException {
        if (held == null) {
            Files.deleteIfExists(path.resolve(name));
            return;
        }
        try {
            held.deleteFile(Path.of(name));
        } catch (NoSuchFileException e) {
            // Another process was faster.
            return;
        }
    }

    /** Deletes the empty folder of this name, if there is one; never a link. */
    void deleteFolder(String name) throws IOException {
        if (held == null) {
            Files.deleteIfExists(path.resolve(name));
        } else if (isFolder(name)) {
            held.deleteDirectory(Path.of(name));
        }
    }

    /** Makes the names of its files last. */
    void force() throws IOException {
        if (held == null) {
            AtomicFiles.force(path);
            return;
        }
        try (FileChannel folder = open(ITSELF.toString(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Fails if its path is that of another folder by now, so that files put here would not be found by their paths. */
    void checkInPlace() throws IOException {
        if (held == null) {
            return;
        }
        Object key = attributes(ITSELF.toString()).fileKey();
        Object now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
        if (!Objects.equals(key, now)) {
            throw new FileSystemException(path.toString(), null, "the folder " + path + " was replaced meanwhile");
        }
    }

    @Override
    public void close() throws IOException {
        if (held != null) {
            held.close();
        }
    }
}
