package io.filejob.engine;

import io.filejob.file.PendingFile;
import io.filejob.file.Target;
import io.filejob.security.Sha256;
import io.filejob.spec.OutputSpec;
import io.filejob.spec.PartNames;
import io.filejob.storage.Storage;
import java.util.ArrayList;
import java.util.List;

/** The files of an output, written one after the other; they become visible when all are complete. For one thread. */
public final class OutputFiles implements AutoCloseable {
    private final Target target;
    private final PartNames names;
    private final String attempt;
    private final Sha256 digest = new Sha256();
    private final List<PendingFile> files = new ArrayList<>();
    private long bytes;

    OutputFiles(OutputSpec output, Storage storage, String attempt) {
        this.target = storage.target(output);
        this.names = new PartNames(target.name(), output.parts());
        this.attempt = attempt;
    }

    /** Begins the next file. */
    public void begin() {
        if (!files.isEmpty()) {
            files.getLast().finish();
        }
        files.add(target.destination().create(names.of(files.size() + 1), attempt));
    }

    /** Appends to the file begun last. */
    public void write(byte[] content, int from, int length) {
        files.getLast().write(content, from, length);
        digest.update(content, from, length);
        bytes += length;
    }

    /** Makes all files visible. */
    void commit() {
        files.forEach(PendingFile::commit);
    }

    /** Returns the number of bytes written. */
    public long bytes() {
        return bytes;
    }

    /** Returns the SHA-256 of all written bytes, as {@code sha256:} and hexadecimal; to be called once. */
    public String digest() {
        return digest.text();
    }

    @Override
    public void close() {
        files.forEach(PendingFile::close);
    }
}
