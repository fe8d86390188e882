package io.filejob.storage;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;

/**
 * A worker's {@link LastWords}: the slice that it is at, in a file that outlives the worker however it dies, so that a
 * slice that kills its workers can be named. It costs one write into the page cache a slice. The file is written in place,
 * since a pod's termination message, which it can be, must not be replaced. Safe to use from any thread.
 */
public final class InFlightFile implements AutoCloseable {
    private static final int WIDTH = 12;

    private final Path file;
    private final FileChannel channel;
    private boolean silent;

    /** Makes or empties {@code file}. */
    public InFlightFile(Path file) {
        this.file = file;
        try {
            this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(0);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** From now on the worker is at {@code slice}. */
    public synchronized void begin(int slice) {
        if (silent) {
            return;
        }
        String text = Integer.toString(slice);
        put((" ".repeat(WIDTH - text.length()) + text + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** The worker gives up because of {@code reason}. */
    public synchronized void fail(JobFailure reason) {
        if (silent) {
            return;
        }
        clear();
        put(LastWords.bytes(reason));
    }

    /** The worker ends in good order, now or soon: nothing is in the file any more, whatever is still to come. */
    public synchronized void silence() {
        silent = true;
        clear();
    }

    /** Leaves in the file what is there: an error may be on its way out of the last slice. */
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

    private JobFailure failure(IOException e) {
        return new JobFailure(ExitCode.STORE_LOST, "the file " + file + " cannot be written: " + IoReason.of(e), e);
    }

    /** The slice that the worker who wrote {@code file} began last, if it began one. */
    public static OptionalInt read(Path file) {
        try {
            return LastWords.parse(Files.readString(file, StandardCharsets.UTF_8))
                    .slice();
        } catch (IOException e) {
            // The worker died before it came to its first slice.
            return OptionalInt.empty();
        }
    }
}
