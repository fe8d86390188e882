package io.filejob.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A test's file, held in memory. */
final class FileSource implements ByteSource {
    private final Path path;
    private final byte[] content;
    private final long size;

    private FileSource(Path path, byte[] content, long size) {
        this.path = path;
        this.content = content;
        this.size = size;
    }

    static ByteSource of(Path path) {
        return new FileSource(path, content(path), content(path).length);
    }

    /** Returns a source with the size {@code size} pinned earlier, which may differ from the actual size. */
    static ByteSource pinned(Path path, long size) {
        return new FileSource(path, content(path), size);
    }

    private static byte[] content(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, byte[] bytes, int offset, int length) {
        int count = (int) Math.min(length, content.length - position);
        if (count <= 0) {
            return -1;
        }
        System.arraycopy(content, (int) position, bytes, offset, count);
        return count;
    }

    @Override
    public void close() {
        // Only memory is held.
    }
}
