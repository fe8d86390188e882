package io.filejob.storage.local;

import io.filejob.file.FileIdentity;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Resolves paths to real paths without symbolic links, also for files that do not exist yet. */
public final class RealPath {
    private static final int MAX_LINKS = 40;

    private RealPath() {}

    /** Resolves all links of {@code path}, including a link to a missing target. */
    public static Path of(Path path) throws IOException {
        return of(path.toAbsolutePath(), MAX_LINKS);
    }

    private static Path of(Path path, int links) throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            if (links == 0) {
                throw new FileSystemLoopException(path.toString());
            }
            if (Files.isSymbolicLink(path)) {
                return of(path.resolveSibling(Files.readSymbolicLink(path)), links - 1);
            }
            Path parent = path.getParent();
            Path name = path.getFileName();
            // The parent of a missing folder cannot be resolved by "..", because the folder may become a link.
            if (parent == null || name == null || name.toString().equals("..")) {
                throw e;
            }
            return of(parent, links).resolve(name);
        }
    }

    /** Returns the identity of the existing or future file at {@code path}, an absolute path without links. */
    public static FileIdentity identity(Path path) throws IOException {
        return new FileIdentity(
                path.toString(),
                Files.exists(path)
                        ? Files.readAttributes(path, BasicFileAttributes.class).fileKey()
                        : null);
    }
}
