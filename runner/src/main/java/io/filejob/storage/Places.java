package io.filejob.storage;

import io.filejob.job.InputFile;
import io.filejob.read.ByteSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The places that a spec names, wherever they are. Failures are {@link io.filejob.model.JobFailure}s that name the place.
 * Safe to use from any thread.
 */
public final class Places implements AutoCloseable {
    private final Path base;

    /** Those of this machine only; relative ones are below {@code base}. */
    public Places(Path base) {
        this.base = base;
    }

    /** The file or folder of this machine that a path or {@code file:} URI means. */
    public Path file(String pathOrUri) {
        return FilePlace.of(pathOrUri).resolve(base);
    }

    /** The files that {@code spec.input.files} names, as they stand now. */
    public List<InputFile> list(List<String> entries) {
        return InputListing.list(entries, base);
    }

    /** What {@code file} holds, unpacked where it is compressed. */
    public ByteSource open(InputFile file) {
        return new LocalFile(file);
    }

    /** A file of this machine as it is now; an {@link IOException} if it is not there. */
    public static ByteSource local(Path path) throws IOException {
        return new LocalFile(LocalFile.pin(path));
    }

    /** The folder, or the prefix in a bucket, that {@code uri} means; it need not be there yet. */
    public Folder folder(String uri) {
        return DirectoryFolder.ofScratch(file(uri));
    }

    /** The file or object that {@code uri} means, as one that is to be written; a crash of the machine does not lose it. */
    public Target target(String uri) {
        Path file = file(uri);
        return new Target(
                DirectoryFolder.ofOutput(file.resolveSibling(".").normalize()),
                file.getFileName().toString());
    }

    /** Ends connections, if there are any. */
    @Override
    public void close() {
        // Files of this machine need none.
    }
}
