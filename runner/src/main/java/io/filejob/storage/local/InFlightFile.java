package io.filejob.storage.local;

import io.filejob.cluster.TerminationMessage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;

/**
 * Writer of a worker's {@link TerminationMessage}: the slice in progress, in a file that survives any death of the worker, so
 * that a slice that kills its workers can be identified. It costs one write into the page cache for each slice. The
 * file is written in place, since it may be a pod's termination message, which must not be replaced. Safe to use from
 * any thread.
 */
public final class InFlightFile implements AutoCloseable {
    private static final int WIDTH = 12;
    private static final String NONE = " ".repeat(WIDTH);

    private final Path file;
    private final FileChannel channel;
    private String slice = NONE;
    private boolean silent;

    /** Creates or truncates {@code file}. */
    public InFlightFile(Path file) {
        this.file = file;
        try {
            this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(0);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Throws {@link ExitCode#NO_OUTPUT} if {@code file} has content that a worker did not leave there. */
    public static void checkContent(Path file) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(TerminationMessage.LIMIT + 1);
            if (start.length > TerminationMessage.LIMIT
                    || !TerminationMessage.isOfWorker(new String(start, StandardCharsets.UTF_8))) {
                throw new JobFailedException(
                        ExitCode.NO_OUTPUT,
                        "--in-flight: " + file + " has content that is not the note of a worker; name"
                                + " another file");
            }
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_OUTPUT, "--in-flight: " + file + " cannot be read: " + IoReason.of(e), e);
        }
    }

    /** Records that the worker begins {@code slice}. */
    public synchronized void begin(int slice) {
        this.slice = aligned(slice);
        record(NONE);
    }

    /** Records that the worker begins an item of the current slice. */
    public synchronized void beginItem(int item) {
        record(aligned(item));
    }

    /** Records that the worker has ended the item that it had begun. */
    public synchronized void endItem() {
        record(NONE);
    }

    /** All records of progress have the same length, since each overwrites the one before. */
    private void record(String item) {
        if (!silent) {
            put((slice + item + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String aligned(int number) {
        String text = Integer.toString(number);
        return " ".repeat(WIDTH - text.length()) + text;
    }

    /** Records that the worker fails with {@code reason}. */
    public synchronized void fail(JobFailedException reason) {
        if (silent) {
            return;
        }
        clear();
        put(TerminationMessage.bytes(reason));
    }

    /** Empties the file and ignores later calls, because the worker ends normally. */
    public synchronized void silence() {
        silent = true;
        clear();
    }

    /** Closes the file and keeps its content, since an error of the last slice may still be propagating. */
    @Override
    public synchronized void close() {
        silent = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void clear() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.truncate(0);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void put(byte[] text) {
        try {
            channel.write(ByteBuffer.wrap(text), 0);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private JobFailedException failure(IOException e) {
        return new JobFailedException(
                ExitCode.STORE_LOST, "the file " + file + " cannot be written: " + IoReason.of(e), e);
    }

    /** Returns the slice in progress that a worker recorded in {@code file}, if it recorded one. */
    public static OptionalInt read(Path file) {
        return message(file).slice();
    }

    /** Returns the record of a worker in {@code file}; an empty one if it died before its first slice. */
    public static TerminationMessage message(Path file) {
        try {
            return TerminationMessage.parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return TerminationMessage.parse(null);
        }
    }
}
