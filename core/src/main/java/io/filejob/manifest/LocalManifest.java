package io.filejob.manifest;

import io.filejob.api.FileJob;
import java.util.List;

/**
 * A manifest of a local run.
 *
 * @param job the job, in the long form that the API server takes
 * @param hasWorkers whether the manifest sets {@code spec.workers}, which has a default otherwise
 * @param shortForms the fields that the manifest has in a short form, which the API server refuses
 */
public record LocalManifest(FileJob job, boolean hasWorkers, List<String> shortForms) {
    /** Copies the list. */
    public LocalManifest {
        shortForms = List.copyOf(shortForms);
    }
}
