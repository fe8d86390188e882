package io.filejob.storage.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes small files atomically: a reader sees the complete content or no file. */
final class AtomicFiles {
    private static final int PIECE = 64 << 10;

    private AtomicFiles() {}

    /** Puts the file {@code name} with {@code content} in place of the one there; forces it to disk if {@code durable}. */
    static void write(OpenFolder folder, String name, byte[] content, boolean durable) throws IOException {
        try (TemporaryFile file = TemporaryFile.in(folder)) {
            fill(file.channel(), content);
            folder.checkInPlace();
            file.moveTo(folder.path().resolve(name), durable);
        }
    }

    private static void fill(FileChannel file, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            // Channels copy what they write at once to memory outside of the heap.
            ByteBuffer piece = buffer.slice(buffer.position(), Math.min(buffer.remaining(), PIECE));
            buffer.position(buffer.position() + file.write(piece));
        }
    }

    /**
     * Creates the file {@code name} as a durable {@link #write} does, but keeps a file with content that already exists
     * or appears meanwhile.
     */
    static void create(OpenFolder folder, String name, byte[] content) throws IOException {
        if (folder.isHeld()) {
            createLocked(folder, name, content);
        } else {
            createLinked(folder, name, content);
        }
        folder.force();
    }

    /**
     * Creates the file in its own folder only, for which Java has no links: it is locked until it has its content, and
     * empty if its writer was killed before.
     */
    private static synchronized void createLocked(OpenFolder folder, String name, byte[] content) throws IOException {
        try (FileChannel file = folder.open(name, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            if (file.size() == 0) {
                folder.checkInPlace();
                fill(file, content);
                file.force(true);
            }
        }
    }

    private static void createLinked(OpenFolder folder, String name, byte[] content) throws IOException {
        Path target = folder.path().resolve(name);
        try (TemporaryFile file = TemporaryFile.in(folder)) {
            fill(file.channel(), content);
            file.channel().force(true);
            try {
                Files.createLink(target, file.path());
            } catch (FileAlreadyExistsException e) {
                // Another process created the file first.
                return;
            } catch (UnsupportedOperationException e) {
                // A file system without hard links offers no way to create a file only if it is absent, so the rename
                // may replace one.
                Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** Creates {@code folder} and its missing parents; forces their directory entries to disk if {@code durable}. */
    static void createFolders(Path folder, boolean durable) throws IOException {
        if (!durable) {
            Files.createDirectories(folder);
            return;
        }
        Path parent = folder.getParent();
        if (Files.isDirectory(folder) || parent == null) {
            return;
        }
        createFolders(parent, true);
        Files.createDirectories(folder);
        force(parent);
    }

    /** Forces the directory entries of {@code folder} to disk. */
    static void force(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
