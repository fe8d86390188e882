package io.filejob.storage;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder that goes when its process ends. It is held by a lock on a file beside it, which the system releases however
 * the process ends, so that the next one can tell what was left behind and remove it.
 */
public final class TemporaryFolder implements AutoCloseable {
    private static final String PREFIX = "filejob-";
    private static final String LOCK = ".lock";
    /** Those of this process: it would lose its lock on one by closing any other channel to it. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final Path path;
    private final Path lockFile;
    private final FileChannel lock;

    private TemporaryFolder(Path path, Path lockFile, FileChannel lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** A new folder in {@code TMPDIR}, or in the system's place for such; what killed runs left there is removed. */
    public static TemporaryFolder create() {
        String configured = System.getenv("TMPDIR");
        Path parent = Path.of(
                configured == null || configured.isEmpty() ? System.getProperty("java.io.tmpdir", "/tmp") : configured);
        try {
            removeAbandoned(parent);
            String name = PREFIX + UUID.randomUUID();
            Path lockFile = parent.resolve(name + LOCK);
            HELD.add(lockFile);
            FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw new IOException("the lock " + lockFile + " is taken");
            }
            return new TemporaryFolder(Files.createDirectory(parent.resolve(name)), lockFile, lock);
        } catch (IOException e) {
            throw new JobFailure(
                    ExitCode.STORE_LOST,
                    "no scratch folder can be made in " + parent + ": " + IoReason.of(e)
                            + " (TMPDIR names another place)",
                    e);
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Removes it with all that is in it. */
    @Override
    public void close() {
        try {
            remove(path);
            Files.deleteIfExists(lockFile);
            lock.close();
            HELD.remove(lockFile);
        } catch (IOException e) {
            throw new JobFailure(
                    ExitCode.STORE_LOST, "the scratch folder " + path + " cannot be removed: " + IoReason.of(e), e);
        }
    }

    private static void removeAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, PREFIX + "*" + LOCK)) {
            for (Path lockFile : locks) {
                if (!HELD.contains(lockFile)) {
                    removeIfAbandoned(lockFile);
                }
            }
        }
    }

    private static void removeIfAbandoned(Path lockFile) {
        String name = lockFile.getFileName().toString();
        Path folder = lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
        try (FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            // One without a folder may be another process's that is just about to make it.
            boolean settled = Files.isDirectory(folder)
                    || Files.getLastModifiedTime(lockFile)
                            .toInstant()
                            .isBefore(Instant.now().minus(SETTLED));
            if (settled && lock.tryLock() != null) {
                remove(folder);
                Files.deleteIfExists(lockFile);
            }
        } catch (IOException e) {
            // Another user's, or being removed by someone else: not ours to remove.
            return;
        }
    }

    /** Removes a folder and all that is in it; others may be removing the same. */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, java.io.IOException e) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
