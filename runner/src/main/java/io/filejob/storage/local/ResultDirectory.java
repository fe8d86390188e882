package io.filejob.storage.local;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.ContentHeaders;
import io.filejob.file.Folder;
import io.filejob.file.IoReason;
import io.filejob.file.PendingFile;
import io.filejob.file.ResultFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** A folder of a file system for results; on a volume, no link leads out of it. */
final class ResultDirectory implements ResultFolder {
    private static final ExitCode LOSS = ExitCode.NO_OUTPUT;
    private static final int PIECE = 64 << 10;

    private final Path folder;
    private final Confines confines;
    private final DirectoryFolder files;

    ResultDirectory(Path folder, Confines confines) {
        this.folder = folder;
        this.confines = confines;
        this.files = DirectoryFolder.ofResults(folder, confines);
    }

    @Override
    public void check() {
        try {
            Path existing = confines.resolve(folder, LOSS);
            while (!Files.exists(existing)) {
                existing = Objects.requireNonNull(existing.getParent());
            }
            if (!Files.isDirectory(existing)) {
                throw new NotDirectoryException(existing.toString());
            }
            if (!Files.isWritable(existing)) {
                throw new AccessDeniedException(existing.toString());
            }
        } catch (IOException e) {
            throw new JobFailedException(LOSS, "the folder " + folder + " cannot be written: " + IoReason.of(e), e);
        }
    }

    @Override
    public void create() {
        try {
            confines.create(confines.resolve(folder, LOSS), false).close();
        } catch (IOException e) {
            throw new JobFailedException(LOSS, "the folder " + folder + " cannot be created: " + IoReason.of(e), e);
        }
    }

    @Override
    public OptionalLong size(String name) {
        try {
            Path real = confines.resolve(folder.resolve(name), LOSS);
            try (OpenFolder beside = confines.open(real.resolveSibling(".").normalize())) {
                BasicFileAttributes attributes = beside.attributes(String.valueOf(real.getFileName()));
                return attributes.isRegularFile() ? OptionalLong.of(attributes.size()) : OptionalLong.empty();
            }
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw FolderFile.failure(folder.resolve(name), LOSS, "read", e);
        }
    }

    @Override
    public void put(String name, Path file, ContentHeaders headers) {
        try (InputStream content = Files.newInputStream(file)) {
            put(name, content);
        } catch (IOException e) {
            throw FolderFile.failure(file, ExitCode.STORE_LOST, "read", e);
        }
    }

    private void put(String name, InputStream content) throws IOException {
        byte[] piece = new byte[PIECE];
        try (PendingFile pending = files.create(name, "")) {
            for (int length = content.read(piece); length >= 0; length = content.read(piece)) {
                pending.write(piece, 0, length);
            }
            pending.commit();
        }
    }

    @Override
    public void put(String name, byte[] content) {
        try (PendingFile pending = files.create(name, "")) {
            pending.write(content, 0, content.length);
            pending.commit();
        }
    }

    @Override
    public Optional<byte[]> find(String name) {
        return files.find(name);
    }

    @Override
    public List<Folder.Entry> list(String prefix) {
        return files.list().stream()
                .filter(entry -> entry.name().startsWith(prefix))
                .toList();
    }

    @Override
    public void delete(String name) {
        files.delete(name);
    }

    @Override
    public void removeUnfinished() {
        try (OpenFolder open = confines.open(confines.resolve(folder, LOSS))) {
            TemporaryFile.removeAbandoned(open);
        } catch (NoSuchFileException e) {
            // There is no folder.
            return;
        } catch (IOException e) {
            throw unremovable(e);
        }
    }

    @Override
    public void removeIfEmpty() {
        try {
            confines.delete(confines.resolve(folder, LOSS));
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            // The folder is already deleted, or it has files of other jobs.
            return;
        } catch (IOException e) {
            throw unremovable(e);
        }
    }

    private JobFailedException unremovable(IOException e) {
        return new JobFailedException(LOSS, "the folder " + folder + " cannot be removed: " + IoReason.of(e), e);
    }
}
