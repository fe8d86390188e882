package io.filejob.storage.local;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The folder of {@code spec.input.generate.keep}, for generated files that stay. Any number of workers may write it. On a
 * volume, all its files are written in the folder that was reached without links, and never outside of the volume. Safe
 * to use from any thread.
 */
public final class KeptFolder {
    private final Path real;
    private final Confines confines;

    KeptFolder(Path real, Confines confines) {
        this.real = real;
        this.confines = confines;
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface ContentWriter {
        /** Writes the file to {@code out} and returns its size in bytes. */
        long write(OutputStream out) throws IOException;
    }

    /** Returns the real path of the folder, which may not exist yet. */
    public Path path() {
        return real;
    }

    /** Creates the folder if it is missing, and deletes the temporary files that killed workers left in it. */
    public void create() throws IOException {
        try (OpenFolder folder = confines.create(real, true)) {
            TemporaryFile.removeAbandoned(folder);
        }
    }

    /**
     * Writes the file {@code name} under a temporary name, lets {@code check} read it, and moves it to its own name when
     * it is durable. Throws {@link JobFailedException} with {@link ExitCode#NO_OUTPUT} if there is a link, a folder or a
     * device of that name.
     *
     * @return the size of the file in bytes
     */
    public long write(String name, ContentWriter content, Consumer<ByteSource> check) throws IOException {
        try (OpenFolder folder = confines.open(real);
                TemporaryFile temporary = TemporaryFile.in(folder)) {
            FileChannel channel = temporary.channel();
            long size = content.write(Channels.newOutputStream(channel));
            check.accept(new KeptFile(temporary.path().toString(), channel.size(), channel));
            if (folder.has(name) && !folder.attributes(name).isRegularFile()) {
                throw new JobFailedException(
                        ExitCode.NO_OUTPUT,
                        "the generated file " + real.resolve(name)
                                + " cannot be kept: there is a link, a folder or a device of that"
                                + " name; remove it or name another folder in spec.input.generate.keep");
            }
            folder.checkInPlace();
            temporary.moveTo(real.resolve(name), true);
            return size;
        }
    }

    /**
     * A file that is read by the channel that wrote it. It stays open: closing a second channel to the file would release
     * the lock of the temporary file.
     */
    private record KeptFile(String name, long size, FileChannel channel) implements ByteSource {
        @Override
        public int read(long position, byte[] bytes, int offset, int length) throws IOException {
            try {
                return channel.read(ByteBuffer.wrap(bytes, offset, length), position);
            } catch (ClosedByInterruptException e) {
                throw new JobFailedException(ExitCode.INTERRUPTED, "interrupted while reading " + name, e);
            }
        }

        @Override
        public void close() {}
    }
}
