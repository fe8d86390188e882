package io.filejob.storage.local;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.file.PendingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of a folder that is written under a temporary name until it is complete. For one thread. */
final class FolderFile implements PendingFile {
    private final Path target;
    private final OpenFolder beside;
    private final TemporaryFile file;
    private final boolean durable;
    private final ExitCode loss;
    private long written;

    /**
     * Creates a file that will be moved to {@code target} in the folder {@code beside}; closing it closes the folder.
     *
     * @param durable whether it is forced to disk before that
     * @param loss the exit code of failures; {@link ExitCode#NO_OUTPUT} for results
     */
    FolderFile(Path target, OpenFolder beside, TemporaryFile file, boolean durable, ExitCode loss) {
        this.target = target;
        this.beside = beside;
        this.file = file;
        this.durable = durable;
        this.loss = loss;
    }

    /** Returns the failure of an operation on {@code file}; {@code what} completes "cannot be". */
    static JobFailedException failure(Path file, ExitCode loss, String what, IOException e) {
        String kind = loss == ExitCode.NO_OUTPUT ? "the output " : "the file ";
        return new JobFailedException(loss, kind + file + " cannot be " + what + ": " + IoReason.of(e), e);
    }

    private JobFailedException lost(String what, IOException e) {
        return failure(target, loss, what, e);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                file.channel().write(buffer);
            }
            written += length;
        } catch (IOException e) {
            throw lost("written (after " + written + " bytes" + room() + ")", e);
        }
    }

    private String room() {
        try {
            return ", " + Files.getFileStore(beside.path()).getUsableSpace() + " are free there";
        } catch (IOException e) {
            // The exception being reported already describes the problem with the folder.
            return "";
        }
    }

    @Override
    public void finish() {
        try {
            if (durable) {
                file.channel().force(true);
            }
        } catch (IOException e) {
            throw lost("written", e);
        }
    }

    @Override
    public void commit() {
        try {
            if (loss == ExitCode.NO_OUTPUT) {
                OutputPath.checkUnchanged(target);
                String name = target.getFileName().toString();
                if (beside.has(name)) {
                    file.takeAttributes(name);
                }
            }
            beside.checkInPlace();
            file.moveTo(target, durable);
        } catch (IOException e) {
            throw lost("written", e);
        }
    }

    @Override
    public void close() {
        try (beside) {
            file.close();
        } catch (IOException e) {
            throw lost("given up", e);
        }
    }
}
