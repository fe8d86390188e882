package io.filejob.engine;

import io.filejob.csv.BadRecord;
import io.filejob.csv.BadRecordSink;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import io.filejob.ledger.RejectsFile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Writes all bad records of a slice to a file, for later collection into one file for the user. For one thread. */
public final class RejectLog implements BadRecordSink {
    private static final int BUFFER = 64 << 10;

    private final @Nullable Folder folder;
    private final String attempt;
    private final boolean all;
    private final CRC32C checksum = new CRC32C();
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(buffer);
    private @Nullable PendingFile file;
    private SliceName name = new SliceName();
    private long bytes;
    private int source;

    /** Returns the log of the attempt of {@code setup}. */
    public static RejectLog of(OperationSetup setup) {
        return new RejectLog(setup.partials(), setup.attempt(), setup.spec().rejects() != null);
    }

    /**
     * Creates a log; {@code folder} is the folder of partial results, or null; records are stored only if {@code all}.
     */
    RejectLog(@Nullable Folder folder, String attempt, boolean all) {
        this.all = all;
        this.folder = folder;
        this.attempt = attempt;
    }

    /** Discards earlier records and begins a new slice. */
    void begin(SliceName sliceName) {
        giveUp();
        name = sliceName;
    }

    @Override
    public void start(long offset) {
        name.start(offset);
    }

    @Override
    public boolean wantsAll() {
        return all;
    }

    /** Sets the number of the file to which the next bad records belong. */
    void in(int number) {
        source = number;
    }

    @Override
    public void add(BadRecord bad, byte[] record, int from, int to) {
        if (!all) {
            return;
        }
        if (folder == null) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "spec.rejects: bad records need a location for partial results: name one in spec.store");
        }
        try {
            out.writeInt(source);
            out.writeLong(bad.line());
            write(bad.column() == null ? null : bad.column().getBytes(StandardCharsets.UTF_8));
            write(bad.reason().getBytes(StandardCharsets.UTF_8));
            out.writeInt(to - from);
            if (to - from < BUFFER) {
                out.write(record, from, to - from);
                if (buffer.size() >= BUFFER) {
                    flush(folder);
                }
            } else {
                append(flush(folder), record, from, to - from);
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written to", e);
        }
    }

    /** Writes the buffer and returns the file, which is created if necessary. */
    private PendingFile flush(Folder to) {
        PendingFile target = file == null ? to.create(fileName(), attempt) : file;
        file = target;
        append(target, buffer.toByteArray(), 0, buffer.size());
        buffer.reset();
        return target;
    }

    private void append(PendingFile target, byte[] content, int from, int length) {
        target.write(content, from, length);
        checksum.update(content, from, length);
        bytes += length;
    }

    private String fileName() {
        return name.text() + "-rejects";
    }

    private void write(byte @Nullable [] text) throws IOException {
        out.writeInt(text == null ? -1 : text.length);
        if (text != null) {
            out.write(text);
        }
    }

    /** Makes the file visible; returns null if there are no records. */
    @Nullable
    RejectsFile finish() {
        if (file == null && buffer.size() == 0) {
            return null;
        }
        try (PendingFile whole = flush(Objects.requireNonNull(folder))) {
            whole.commit();
        }
        file = null;
        RejectsFile finished = new RejectsFile(fileName(), bytes, checksum.getValue());
        giveUp();
        return finished;
    }

    void giveUp() {
        if (file != null) {
            file.close();
            file = null;
        }
        buffer.reset();
        checksum.reset();
        bytes = 0;
    }
}
