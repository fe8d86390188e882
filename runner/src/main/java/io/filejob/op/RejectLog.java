package io.filejob.op;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.read.BadRecord;
import io.filejob.read.BadRecordSink;
import io.filejob.storage.Folder;
import io.filejob.storage.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps all bad records of a slice in a file, until they are put together for the user. For one thread. */
final class RejectLog implements BadRecordSink {
    private static final int BUFFER = 64 << 10;

    private final @Nullable Folder folder;
    private final String attempt;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(buffer);
    private @Nullable WholeFile file;
    private String name = "";
    private int source;

    /** {@code folder} is where partial results go, if there is such a place. */
    RejectLog(@Nullable Folder folder, String attempt) {
        this.folder = folder;
        this.attempt = attempt;
    }

    /** Forgets what was before. */
    void begin(String sliceName) {
        giveUp();
        name = sliceName + "-rejects";
    }

    /** From now on bad records are those of file number {@code number}. */
    void in(int number) {
        source = number;
    }

    @Override
    public void add(BadRecord bad, byte[] bytes, int from, int to) {
        if (folder == null) {
            throw new JobFailure(
                    ExitCode.BAD_MANIFEST,
                    "spec.rejects: there is no place to keep bad records until all are known: name one in spec.store");
        }
        try {
            out.writeInt(source);
            out.writeLong(bad.line());
            write(bad.column() == null ? null : bad.column().getBytes(StandardCharsets.UTF_8));
            write(bad.reason().getBytes(StandardCharsets.UTF_8));
            out.writeInt(to - from);
            out.write(bytes, from, to - from);
            if (buffer.size() >= BUFFER) {
                file = file == null ? folder.create(name, attempt) : file;
                file.write(buffer.toByteArray(), 0, buffer.size());
                buffer.reset();
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written to", e);
        }
    }

    private void write(byte @Nullable [] text) throws IOException {
        out.writeInt(text == null ? -1 : text.length);
        if (text != null) {
            out.write(text);
        }
    }

    /** Makes the file appear; its name, or null if there is nothing in it. */
    @Nullable
    String finish() {
        if (file == null && buffer.size() == 0) {
            return null;
        }
        try (WholeFile whole = file == null ? Objects.requireNonNull(folder).create(name, attempt) : file) {
            whole.write(buffer.toByteArray(), 0, buffer.size());
            whole.commit();
        }
        file = null;
        buffer.reset();
        return name;
    }

    void giveUp() {
        if (file != null) {
            file.close();
            file = null;
        }
        buffer.reset();
    }
}
