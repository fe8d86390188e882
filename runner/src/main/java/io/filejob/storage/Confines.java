package io.filejob.storage;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where links may lead: those on a volume stay on it, so that a volume never shows the other files of a pod or of a machine.
 * Other links lead anywhere.
 *
 * @param root the volume's folder; null without a volume
 * @param shown the volume's mount path
 */
record Confines(@Nullable Path root, String shown) {
    /** No volume. */
    static final Confines NONE = new Confines(null, "");

    /**
     * Resolves the links of {@code path}, whose file may not exist yet. {@link JobFailure} with {@code code} if they lead
     * out of the volume.
     */
    Path resolve(Path path, ExitCode code) throws IOException {
        Path real = RealPath.of(path);
        if (root != null && !real.startsWith(RealPath.of(root))) {
            throw new JobFailure(
                    code, path + ": a link leads out of the volume " + shown + "; name a file that is on the volume");
        }
        return real;
    }
}
