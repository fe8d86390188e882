package io.filejob.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Small files that are there whole or not at all. */
final class AtomicFile {
    private AtomicFile() {}

    /** Writes {@code content} to {@code target}, in place of what was there; if {@code durable}, to survive a crash. */
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
                file.channel().write(buffer);
            }
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** As a durable {@link #write}, but a file that is there, or appears meanwhile, stays. */
    static void create(Path target, byte[] content) throws IOException {
        try (TemporaryFile file = filled(target, content)) {
            file.channel().force(true);
            try {
                Files.createLink(target, file.path());
            } catch (FileAlreadyExistsException e) {
                // Another process was first.
                return;
            } catch (UnsupportedOperationException e) {
                // A file system without links has nothing better.
                Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        force(target.resolveSibling("."));
    }

    /** Makes {@code folder} and those above it where they are missing; if {@code durable}, to survive a crash. */
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

    /** Makes the names of files in {@code folder} last. */
    static void force(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
