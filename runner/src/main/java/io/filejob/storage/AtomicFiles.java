package io.filejob.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes small files atomically: a reader sees the complete content or no file. */
final class AtomicFiles {
    private static final int PIECE = 64 << 10;

    private AtomicFiles() {}

    /** Writes {@code content} to {@code target} and replaces an existing file; forces it to disk if {@code durable}. */
    static void write(Path target, byte[] content, boolean durable) throws IOException {
        try (TemporaryFile file = filled(target, content)) {
            file.moveTo(target, durable);
        }
    }

    private static TemporaryFile filled(Path target, byte[] content) throws IOException {
        TemporaryFile file = TemporaryFile.in(target.resolveSibling(".").normalize());
        try {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                // Channels copy what they write at once to memory outside of the heap.
                ByteBuffer piece = buffer.slice(buffer.position(), Math.min(buffer.remaining(), PIECE));
                buffer.position(buffer.position() + file.channel().write(piece));
            }
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Creates {@code target} as a durable {@link #write} does, but keeps a file that already exists or appears
     * meanwhile.
     */
    static void create(Path target, byte[] content) throws IOException {
        try (TemporaryFile file = filled(target, content)) {
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
        force(target.resolveSibling("."));
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
