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
 * Names the slice that a worker is at, in a file that outlives the worker however it dies, so that a slice that kills
 * its workers can be named. It costs one write into the page cache a slice. A pod's termination message can be this
 * file. For one thread at a time.
 */
public final class InFlightFile implements AutoCloseable {
    private static final String NONE = "none";
    private static final int WIDTH = 12;

    private final Path file;
    private final FileChannel channel;

    /** Makes or overwrites {@code file}. */
    public InFlightFile(Path file) {
        this.file = file;
        try {
            this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failure(e);
        }
        put(NONE);
    }

    /** From now on the worker is at {@code slice}. */
    public void begin(int slice) {
        put(Integer.toString(slice));
    }

    /** Leaves the last slice in the file: an error may be on its way out of it. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void put(String text) {
        byte[] line = (" ".repeat(WIDTH - text.length()) + text + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            channel.write(ByteBuffer.wrap(line), 0);
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
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return text.isEmpty() || text.equals(NONE) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
        } catch (IOException | NumberFormatException e) {
            // The worker died before it came to its first slice.
            return OptionalInt.empty();
        }
    }
}
