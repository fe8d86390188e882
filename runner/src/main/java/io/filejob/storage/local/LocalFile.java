package io.filejob.storage.local;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.plan.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** A file on a file system of this machine. */
public final class LocalFile implements ByteSource {
    private final InputFile pinned;
    private final Path path;
    private final FileChannel channel;

    /** Opens the pinned file at {@code path}; throws {@link JobFailedException} if it no longer exists or has changed. */
    public LocalFile(InputFile pinned, Path path) {
        this(pinned, path, Confines.NONE);
    }

    /** Opens a file as {@link #LocalFile(InputFile, Path)} does, with the limits of a volume. */
    public LocalFile(InputFile pinned, Path path, Confines confines) {
        this.pinned = pinned;
        this.path = path;
        try {
            this.channel = open(path, confines);
            long found = channel.size();
            if (found != pinned.size()) {
                channel.close();
                throw changed("it had " + pinned.size() + " bytes when the job was planned and has " + found + " now");
            }
        } catch (IOException e) {
            throw new JobFailedException(ExitCode.NO_INPUT, "input " + path + " cannot be read: " + IoReason.of(e), e);
        }
    }

    private LocalFile(InputFile pinned, Path path, FileChannel channel) {
        this.pinned = pinned;
        this.path = path;
        this.channel = channel;
    }

    /**
     * Opens the current file at {@code path}, so that a file that replaces it or its deletion has no effect from then on;
     * throws {@link IOException} if it does not exist.
     */
    static LocalFile current(Path path, Confines confines) throws IOException {
        FileChannel channel = open(path, confines);
        try {
            String opened = version(Files.readAttributes(path, BasicFileAttributes.class));
            return new LocalFile(new InputFile(path.toString(), channel.size(), opened), path, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel open(Path path, Confines confines) throws IOException {
        Path root = confines.root();
        return root == null
                ? FileChannel.open(path, StandardOpenOption.READ)
                : VolumeFile.open(root.toRealPath(), confines.resolve(path, ExitCode.NO_INPUT));
    }

    /** Returns the current state of the file. */
    public static InputFile pin(Path path) throws IOException {
        return pin(path, Files.readAttributes(path, BasicFileAttributes.class));
    }

    /** Returns the state of the file with these attributes. */
    public static InputFile pin(Path path, BasicFileAttributes attributes) {
        return new InputFile(path.toString(), attributes.size(), version(attributes));
    }

    private static String version(BasicFileAttributes attributes) {
        return Long.toString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }

    @Override
    public String name() {
        return pinned.name();
    }

    @Override
    public long size() {
        return pinned.size();
    }

    @Override
    public int read(long position, byte[] bytes, int offset, int length) throws IOException {
        try {
            return channel.read(ByteBuffer.wrap(bytes, offset, length), position);
        } catch (ClosedByInterruptException e) {
            throw new JobFailedException(ExitCode.INTERRUPTED, "interrupted while reading " + path, e);
        }
    }

    @Override
    public void checkUnchanged() {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            if (now.size() != pinned.size() || !version(now).equals(pinned.version())) {
                throw changed("changed while it was read: run the job again when it is no longer being written");
            }
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_INPUT, "input " + path + " can no longer be read: " + IoReason.of(e), e);
        }
    }

    private JobFailedException changed(String how) {
        return new JobFailedException(FailureReason.INPUT_CHANGED, "" + path + ": " + how);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
