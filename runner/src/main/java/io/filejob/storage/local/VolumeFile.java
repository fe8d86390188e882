package io.filejob.storage.local;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Opens files of a volume for reading. Links are resolved and checked beforehand; then each folder on the path is
 * opened without following links, so that a link that another pod creates meanwhile has no effect.
 */
public final class VolumeFile {
    private VolumeFile() {}

    /**
     * Opens the regular file at {@code path} of the volume with the folder {@code volume}. Links may lead to other files of the
     * volume; throws {@link JobFailedException} with {@link ExitCode#NO_INPUT} if they lead out of it, or if it is not a file.
     */
    public static FileChannel resolve(Path volume, Path path) throws IOException {
        Path root = volume.toRealPath();
        Path real = new Confines(root, volume.toString()).resolve(path, ExitCode.NO_INPUT);
        // Opening a pipe would wait for its other end.
        if (Files.exists(real) && !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new JobFailedException(ExitCode.NO_INPUT, path + ": not a regular file");
        }
        return open(root, real);
    }

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
