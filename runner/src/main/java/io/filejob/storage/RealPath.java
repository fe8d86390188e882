package io.filejob.storage;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The path of a file without symbolic links, also of a file that does not exist yet. */
final class RealPath {
    private static final int MAX_LINKS = 40;

    private RealPath() {}

    /** Resolves all links of {@code path}, also one whose target does not exist. */
    static Path of(Path path) throws IOException {
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
            // The parent of a folder that does not exist is not known: it may become a link.
            if (parent == null || name == null || name.toString().equals("..")) {
                throw e;
            }
            return of(parent, links).resolve(name);
        }
    }
}
