package io.filejob.operator.reconcile;

import io.filejob.testing.system.FolderRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder at the path where pods mount a volume; volumes cannot be mounted below /tmp. */
final class TestVolume implements AutoCloseable {
    private final Path path;

    TestVolume() throws IOException {
        path = Files.createTempDirectory(Path.of("/var/tmp"), "filejob-volume-");
    }

    /** Returns the path at which a job mounts the volume. */
    Path path() {
        return path;
    }

    /** Writes a file, and returns its path. */
    Path write(String name, String content) throws IOException {
        return Files.writeString(path.resolve(name), content);
    }

    @Override
    public void close() throws IOException {
        FolderRemoval.remove(path);
    }
}
