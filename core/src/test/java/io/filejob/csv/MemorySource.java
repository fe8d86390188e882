package io.filejob.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An input in memory. */
public final class MemorySource implements ByteSource {
    private final String name;
    private final byte[] content;
    private final long size;

    private MemorySource(String name, byte[] content, long size) {
        this.name = name;
        this.content = content;
        this.size = size;
    }

    /** Returns a source of {@code content}. */
    public static ByteSource of(String name, byte[] content) {
        return new MemorySource(name, content, content.length);
    }

    /** Returns a source of the content of a file. */
    static ByteSource of(Path path) {
        return of(path.toString(), content(path));
    }

    /** Returns a source with the size {@code size} pinned earlier, which may differ from the actual size. */
    static ByteSource pinned(Path path, long size) {
        return new MemorySource(path.toString(), content(path), size);
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
        return name;
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
