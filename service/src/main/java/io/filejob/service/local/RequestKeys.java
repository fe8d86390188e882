package io.filejob.service.local;

import io.filejob.security.Sha256;
import io.filejob.value.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Remembers the jobs of idempotency keys, in a file for the digest of each key. */
record RequestKeys(Path folder) {
    /**
     * The use of a key.
     *
     * @param job the name of the job that was created
     * @param request the digest of the request
     */
    record KeyUse(String job, String request) {}

    /** Returns the earlier use of {@code key}. */
    Optional<KeyUse> find(String key) throws IOException {
        return read(file(key));
    }

    private static Optional<KeyUse> read(Path file) throws IOException {
        try {
            return Json.parse(Files.readString(file)).flatMap(tree -> Json.bindIfPossible(tree, KeyUse.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Stores the use of {@code key}. */
    void store(String key, KeyUse use) throws IOException {
        Path file = file(key);
        Path fresh = file.resolveSibling("." + file.getFileName());
        Files.write(fresh, Json.bytes(use));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String key) {
        return folder.resolve(Sha256.of(key).substring("sha256:".length()));
    }

    /** Deletes the keys of jobs that no longer exist, if they were stored before {@code time}. */
    void removeUnused(Instant time, Predicate<String> exists) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(time)
                        && read(file).map(KeyUse::job).filter(exists).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
