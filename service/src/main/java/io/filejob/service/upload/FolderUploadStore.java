package io.filejob.service.upload;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.Storage;
import io.filejob.value.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Uploads in a folder, each in a folder of its own: a note, and the bytes in a file that is renamed when it is complete.
 * Thread-safe; only one process may use a folder.
 */
public final class FolderUploadStore implements UploadStore {
    private static final String NOTE = "upload.json";
    /** The bytes of an incomplete upload. */
    private static final String PARTIAL = "partial";

    private final Path folder;
    private final Duration timeToLive;
    private final Clock clock;
    private final OpenUploads open = new OpenUploads();

    /** Creates a store in {@code folder}, which is created when it is needed. */
    public FolderUploadStore(Path folder, Duration timeToLive, Clock clock) {
        this.folder = folder.toAbsolutePath().normalize();
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    @Override
    public Upload create(String id, String owner, String name, @Nullable Long length) {
        UploadNote note = UploadNote.of(owner, name, length, clock.instant(), timeToLive);
        try {
            Files.createDirectories(folder);
            Files.createDirectory(folder.resolve(id));
            Files.createFile(folder.resolve(id).resolve(PARTIAL));
            write(id, note);
        } catch (FileAlreadyExistsException e) {
            throw new ProblemException(ProblemType.CONFLICT, "there is an upload with this identity already");
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
        return upload(id, note, 0, false);
    }

    private void write(String id, UploadNote note) throws IOException {
        Path fresh = folder.resolve(id).resolve(NOTE + ".new");
        Files.write(fresh, Json.bytes(note));
        Files.move(fresh, fresh.resolveSibling(NOTE), StandardCopyOption.ATOMIC_MOVE);
    }

    private Upload upload(String id, UploadNote note, long bytes, boolean isComplete) {
        return note.upload(id, bytes, isComplete, data(id, note).toUri().toString());
    }

    private Path data(String id, UploadNote note) {
        return folder.resolve(id).resolve(StoredName.of(note.name()));
    }

    @Override
    public Optional<Upload> find(String id) {
        if (!OpenUploads.isId(id)) {
            return Optional.empty();
        }
        Optional<UploadNote> found = note(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        UploadNote note = found.get();
        try {
            return Optional.of(upload(id, note, Files.size(data(id, note)), true));
        } catch (NoSuchFileException e) {
            return partial(id, note);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Upload> partial(String id, UploadNote note) {
        try {
            return Optional.of(upload(id, note, Files.size(folder.resolve(id).resolve(PARTIAL)), false));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<UploadNote> note(String id) {
        try {
            return UploadNote.read(Files.readString(folder.resolve(id).resolve(NOTE)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public UploadWriter open(String id, long offset) {
        return open.write(id, offset, this::find, upload -> {
            Path partial = folder.resolve(id).resolve(PARTIAL);
            return new FolderUploadWriter(partial, offset, upload, (bytes, digest) -> {
                UploadNote note = note(id).orElseThrow(UploadProblems::missing).withDigest(digest);
                write(id, note);
                Files.move(partial, data(id, note), StandardCopyOption.ATOMIC_MOVE);
                return upload(id, note, bytes, true);
            });
        });
    }

    @Override
    public void delete(String id) {
        if (OpenUploads.isId(id)) {
            open.delete(id, () -> remove(folder.resolve(id)));
        }
    }

    @Override
    public void renew(String id) {
        if (OpenUploads.isId(id)) {
            open.change(id, () -> note(id).filter(note -> note.digest() != null).ifPresent(note -> {
                try {
                    write(id, note.withExpiry(clock.instant().plus(timeToLive)));
                } catch (IOException e) {
                    throw StorageProblems.of(e);
                }
            }));
        }
    }

    @Override
    public void deleteExpired(String id, Instant now) {
        if (!OpenUploads.isId(id)) {
            return;
        }
        open.delete(
                id,
                () -> open.change(id, () -> {
                    Optional<UploadNote> note = note(id);
                    if (note.isEmpty() || note.get().isExpired(now)) {
                        remove(folder.resolve(id));
                        note.ifPresent(deleted -> open.expire(id, deleted.owner()));
                    }
                }));
    }

    @Override
    public Optional<String> ownerOfExpired(String id) {
        return open.ownerOfExpired(id);
    }

    private static void remove(Path upload) {
        // The note is the last file, so that a later attempt finds the rest.
        try (Stream<Path> files = Files.list(upload)) {
            for (Path file : files.filter(path -> !path.endsWith(NOTE)).toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(upload.resolve(NOTE));
            Files.deleteIfExists(upload);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Upload> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> uploads = Files.list(folder)) {
            return uploads.map(path -> path.getFileName().toString())
                    .flatMap(id -> find(id).or(() -> remains(id)).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process that was killed may leave a folder without a note or without bytes. */
    private Optional<Upload> remains(String id) {
        if (!OpenUploads.isId(id)) {
            return Optional.empty();
        }
        try {
            Instant changed = Files.getLastModifiedTime(folder.resolve(id)).toInstant();
            return Optional.of(upload(id, UploadNote.of("", "", null, changed, timeToLive), 0, false));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Storage storage() {
        return new Storage(folder);
    }
}
