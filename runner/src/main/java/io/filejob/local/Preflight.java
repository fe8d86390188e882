package io.filejob.local;

import io.filejob.api.FileJobSpec;
import io.filejob.engine.OverwriteCheck;
import io.filejob.plan.Plan;
import io.filejob.profile.RunProfile;
import io.filejob.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks before the start for problems that would otherwise fail the job at its end. */
final class Preflight {
    private Preflight() {}

    /**
     * Checks all files that the job writes; {@code store} is the path or URI of the store, or null if none is named.
     */
    static void check(LocalOptions options, FileJobSpec spec, Plan plan, Storage storage, @Nullable String store) {
        storage.checkConfigMap(spec);
        List<Path> read = new ArrayList<>(options.secrets().paths());
        if (options.manifest() != null) {
            read.add(options.manifest());
        }
        RunProfile profile = options.profile();
        OverwriteCheck.check(
                spec, plan, storage, store, read, profile == null ? Map.of() : Map.of("--profile", profile.file()));
        if (profile != null) {
            profile.allow();
        }
        if (spec.output() != null && spec.output().uri() != null) {
            storage.checkTarget(spec.output().uri());
        }
        if (spec.rejects() != null) {
            storage.checkTarget(spec.rejects().uri());
        }
    }
}
