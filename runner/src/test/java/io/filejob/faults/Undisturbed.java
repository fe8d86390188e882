package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.api.FileJob;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.validation.InvalidManifestException;
import io.filejob.value.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs in this process, with threads and without faults, as the reference for other tests. */
final class Undisturbed {
    private Undisturbed() {}

    /** Returns the status of the manifest's job without its times. */
    static JsonNode status(Path manifest) {
        return run(manifest, null, null);
    }

    /** Returns the status of a run with {@code workers} workers. */
    static JsonNode status(Path manifest, int workers) {
        return run(manifest, workers, null);
    }

    /** Returns the status of a run with a store that is kept. */
    static JsonNode status(Path manifest, Path store) {
        return run(manifest, null, store);
    }

    private static JsonNode run(Path manifest, @Nullable Integer workers, @Nullable Path store) {
        try {
            FileJob job = ManifestReader.read(Files.readString(manifest));
            FileJob sized = workers == null ? job : job.withWorkers(workers);
            Path base = Objects.requireNonNull(manifest.getParent());
            LocalRun.RunOutcome outcome =
                    new LocalRun(sized, new LocalOptions(base, store, false, _ -> {}), Clock.systemUTC()).run();
            assertThat(outcome.failure()).isNull();
            return new FilejobProcess.End(0, Json.pretty(sized.withStatus(outcome.status())), "").timelessStatus();
        } catch (IOException | InvalidManifestException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
