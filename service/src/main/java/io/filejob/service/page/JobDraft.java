package io.filejob.service.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.validation.InvalidManifestException;
import io.filejob.validation.Problem;
import io.filejob.value.Json;
import java.util.List;
import java.util.Optional;

/**
 * A manifest that is being written, and its problems.
 *
 * @param text the manifest as YAML
 * @param problems the problems
 * @param isFresh whether nothing has been entered yet, so that problems are no mistakes
 */
record JobDraft(String text, List<Problem> problems, boolean isFresh) {
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build());

    /** Returns the draft of a manifest that a person writes. */
    static JobDraft of(String text) {
        try {
            ManifestReader.read(text);
            return new JobDraft(text, List.of(), false);
        } catch (InvalidManifestException e) {
            return new JobDraft(text, e.problems(), false);
        }
    }

    /** Returns the draft of a manifest with {@code name} and {@code spec}. */
    static JobDraft of(String name, JsonNode spec) {
        ObjectNode manifest = Json.object();
        manifest.put("apiVersion", FileJob.API_VERSION);
        manifest.put("kind", FileJob.KIND);
        manifest.putObject("metadata").put("name", name);
        manifest.set("spec", spec);
        try {
            return of(YAML.writeValueAsString(manifest));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree cannot be written", e);
        }
    }

    /** Returns this draft for a form that is opened. */
    JobDraft fresh() {
        return new JobDraft(text, problems, true);
    }

    /** Returns the job; empty if the manifest has problems. */
    Optional<FileJob> job() {
        try {
            return Optional.of(ManifestReader.read(text));
        } catch (InvalidManifestException e) {
            return Optional.empty();
        }
    }
}
