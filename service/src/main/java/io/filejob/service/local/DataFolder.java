package io.filejob.service.local;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder of all data of a service on one machine, which a single process uses at a time. */
final class DataFolder implements AutoCloseable {
    private static final String SETTING = "--data: ";

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens {@code path}, and creates it for this user alone if it does not exist. Throws {@link JobFailedException} if
     * it cannot be written, or if another process uses it.
     */
    static DataFolder open(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        FileChannel channel = null;
        try {
            createPrivate(folder);
            DataFolder data = new DataFolder(folder, lock(folder));
            channel = data.lock;
            for (Path each : new Path[] {data.jobs(), data.keys(), data.secrets()}) {
                createPrivate(each);
            }
            return data;
        } catch (IOException e) {
            close(channel);
            throw new JobFailedException(
                    ExitCode.NO_OUTPUT,
                    SETTING + folder + " cannot be written: " + IoReason.of(e) + "; choose another folder",
                    e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        Path file = folder.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    SETTING + folder + " is used by another service (process "
                            + Files.readString(file).strip() + "); stop it, or choose another folder");
        }
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(
                Long.toString(ProcessHandle.current().pid())));
        return channel;
    }

    /** Returns whether the lock could be had; it ends with this process, however that ends. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new IllegalStateException("a lock cannot be released", e);
            }
        }
    }

    /** Returns the folder of jobs, with a folder for each. */
    Path jobs() {
        return path.resolve("jobs");
    }

    /** Returns the folder of idempotency keys. */
    Path keys() {
        return path.resolve("keys");
    }

    /** Returns the folder of Secrets, with a file or folder for each. */
    Path secrets() {
        return path.resolve("secrets");
    }

    @Override
    public void close() {
        close(lock);
    }
}
