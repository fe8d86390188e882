package io.filejob.manifest;

import io.filejob.api.FileJob;
import java.util.List;

/**
 * A manifest of a local run.
 *
 * @param job the job, in the long form that the API server takes
 * @param shortForms the fields that the manifest has in a short form, which the API server refuses
 */
public record LocalManifest(FileJob job, List<String> shortForms) {
    /** Copies the list. */
    public LocalManifest {
        shortForms = List.copyOf(shortForms);
    }
}
