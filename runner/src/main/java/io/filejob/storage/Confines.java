package io.filejob.storage;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailedException;
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
}
