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

    /**
     * Writes {@code content} to {@code target}, in place of what was there. {@code writer} tells apart those who may
     * write the same file at the same time; what a killed one left is overwritten by its successor of that name. It is
     * there also after a crash of the machine.
     */
    static void write(Path target, byte[] content, String writer) throws IOException {
        write(target, content, writer, true);
    }

    /** As {@link #write(Path, byte[], String)}, but only if {@code durable} also after a crash of the machine. */
    static void write(Path target, byte[] content, String writer, boolean durable) throws IOException {
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + writer + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (durable) {
                channel.force(true);
            }
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        if (!durable) {
            return;
        }
        force(target.resolveSibling("."));
    }

    /** As {@link #write(Path, byte[], String)}, but what is there, or appears meanwhile, stays. */
    static void create(Path target, byte[] content, String writer) throws IOException {
        Path whole = target.resolveSibling("." + target.getFileName() + "." + writer + ".whole");
        write(whole, content, writer);
        try {
            Files.createLink(target, whole);
            force(target.resolveSibling("."));
        } catch (FileAlreadyExistsException e) {
            // Somebody else was first.
            return;
        } catch (UnsupportedOperationException e) {
            // Without links nothing better can be had.
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /** Makes the names of files in {@code folder} last. */
    static void force(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
