package io.filejob.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * The processes of a pod that read files of its volume. Each holds a shared lock on one file, which the system releases when a
 * process is killed, and sets the time of that file when it begins and ends.
 *
 * @param folder the scratch space of the pod
 */
record VolumeReads(Path folder) {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private Path file() {
        return folder.resolve("filejob-volume-reads");
    }

    /** A read, which ends when it is closed. */
    interface VolumeRead extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Begins a read. */
    VolumeRead begin() throws IOException {
        FileChannel channel = open();
        try {
            // Setting the time opens and closes the file, which would release a lock of this process.
            touch();
            channel.lock(0, Long.MAX_VALUE, true);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return () -> {
            channel.close();
            touch();
        };
    }

    /** Waits until no process has read for {@code idle}. */
    void awaitEnd(Duration idle) throws IOException, InterruptedException {
        try (FileChannel channel = open()) {
            FileTime last = Files.getLastModifiedTime(file());
            long since = System.nanoTime();
            while (System.nanoTime() - since < idle.toNanos()) {
                Thread.sleep(INTERVAL);
                FileTime time = Files.getLastModifiedTime(file());
                if (isRead(channel) || !time.equals(last)) {
                    last = time;
                    since = System.nanoTime();
                }
            }
        }
    }

    private static boolean isRead(FileChannel channel) throws IOException {
        try (FileLock lock = channel.tryLock()) {
            return lock == null;
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void touch() throws IOException {
        Files.setLastModifiedTime(file(), FileTime.from(Instant.now()));
    }
}
