package io.filejob.engine.images;

import io.filejob.csv.ByteSource;
import io.filejob.engine.WatchedSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.operation.images.ImageListFiles;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.InputFile;
import io.filejob.storage.Storage;
import io.filejob.storage.compression.SourceStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The input files of a job. A file that can be read from its beginning only, such as a compressed one, is copied into
 * scratch space once, when it is read from elsewhere. For one thread.
 */
final class ImageListInput implements ImageListFiles {
    private final FileSlicing slicing;
    private final Storage storage;
    private final Path scratch;
    private final Map<Integer, Path> copies = new HashMap<>();

    ImageListInput(FileSlicing slicing, Storage storage, Path scratch) {
        this.slicing = slicing;
        this.storage = storage;
        this.scratch = scratch;
    }

    @Override
    public int count() {
        return slicing.files().size();
    }

    @Override
    public String name(int file) {
        return slicing.files().get(file).name();
    }

    @Override
    public ByteSource open(int file, boolean ranged) {
        InputFile stored = slicing.files().get(file);
        if (!ranged || stored.isSplittable()) {
            return new WatchedSource(storage.open(stored));
        }
        Path copy = copies.computeIfAbsent(file, number -> copy(number, stored));
        try {
            return Storage.local(copy);
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST, "the copy " + copy + " of an input cannot be read: " + IoReason.of(e), e);
        }
    }

    private Path copy(int number, InputFile stored) {
        Path copy = scratch.resolve("input-" + number);
        try (ByteSource source = new WatchedSource(storage.open(stored))) {
            Files.createDirectories(scratch);
            try (InputStream content = new SourceStream(source)) {
                Files.copy(content, copy);
            }
            source.checkUnchanged();
            return copy;
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "the input " + stored.name() + " cannot be copied to " + copy + ": " + IoReason.of(e),
                    e);
        }
    }
}
