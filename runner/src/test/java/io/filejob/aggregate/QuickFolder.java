package io.filejob.aggregate;

import io.filejob.storage.temporary.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test's own folder, held in memory if the system supports it, as are the runs written meanwhile: a thousand tiny
 * jobs would otherwise spend most of their time waiting for the disk.
 */
public final class QuickFolder implements BeforeEachCallback, AfterEachCallback {
    private static final String PROPERTY = "java.io.tmpdir";
    private static final Path MEMORY = Path.of("/dev/shm");

    private final String usual = System.getProperty(PROPERTY);
    private @Nullable Path path;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        path = Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "filejob-test-")
                : Files.createTempDirectory("filejob-test-").toRealPath();
        System.setProperty(PROPERTY, path().toString());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        System.setProperty(PROPERTY, usual);
        TemporaryFolder.remove(path());
    }

    public Path path() {
        return Objects.requireNonNull(path);
    }
}
