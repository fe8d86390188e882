package io.filejob.storage.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Opens files of a volume for reading. Links are resolved and checked beforehand; then each folder on the path is
 * opened without following links, so that a link that another pod creates meanwhile has no effect.
 */
public final class VolumeFile {
    private VolumeFile() {}

    /** Opens the file at {@code real}, a path without links below {@code root}, which is also free of links. */
    public static FileChannel open(Path root, Path real) throws IOException {
        Path parent = real.getParent();
        Path name = real.getFileName();
        if (parent == null || name == null) {
            throw new FileSystemException(real.toString(), null, "it is a folder");
        }
        try (OpenFolder folder = OpenFolder.below(root, parent)) {
            return folder.open(name.toString(), StandardOpenOption.READ);
        }
    }
}
