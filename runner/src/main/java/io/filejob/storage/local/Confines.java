package io.filejob.storage.local;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Limits where links may lead: a link on a volume must stay on that volume, so that a volume never exposes other files
 * of the pod or machine. Links outside volumes may lead anywhere.
 *
 * @param root the volume's folder; null without a volume
 * @param shown the volume's mount path
 */
record Confines(@Nullable Path root, String shown) {
    /** No limits, for files that are not on a volume. */
    static final Confines NONE = new Confines(null, "");

    /**
     * Resolves the links of {@code path}, which may not exist yet. Throws {@link JobFailedException} with {@code code} if they
     * lead out of the volume.
     */
    Path resolve(Path path, ExitCode code) throws IOException {
        Path real = RealPath.of(path);
        if (root != null && !real.startsWith(RealPath.of(root))) {
            throw new JobFailedException(
                    code, path + ": a link leads out of the volume " + shown + "; name a file that is on the volume");
        }
        return real;
    }

    /** Opens the folder at {@code real}, a path without links; on a volume it is reached folder by folder. */
    OpenFolder open(Path real) throws IOException {
        return root == null ? OpenFolder.of(real) : OpenFolder.below(RealPath.of(root), real);
    }

    /**
     * Opens the folder at {@code real} as {@link #open} does, and creates it and its parents if they are missing; forces
     * their directory entries to disk if {@code durable}.
     */
    OpenFolder create(Path real, boolean durable) throws IOException {
        if (root != null) {
            return OpenFolder.createBelow(RealPath.of(root), real, durable);
        }
        AtomicFiles.createFolders(real, durable);
        return OpenFolder.of(real);
    }

    /** Deletes the folder at {@code real}, a path without links, which must be empty; the volume's folder itself stays. */
    void delete(Path real) throws IOException {
        Path parent = real.getParent();
        if (parent == null || (root != null && real.equals(RealPath.of(root)))) {
            return;
        }
        try (OpenFolder open = open(parent)) {
            open.deleteFolder(String.valueOf(real.getFileName()));
        }
    }
}
