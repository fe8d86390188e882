package io.filejob.service.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.service.problem.ProblemDetail;
import io.filejob.validation.InvalidManifestException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A manifest that is being written, and its problems.
 *
 * @param text the manifest as YAML
 * @param problems the problems
 * @param isFresh whether nothing has been entered yet, so that problems are no mistakes
 */
record JobDraft(String text, List<DraftProblem> problems, boolean isFresh) {
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
            ManifestLines lines = new ManifestLines(text);
            return new JobDraft(text, e.problems().stream().map(lines::locate).toList(), false);
        }
    }

    /** Returns the draft that a form describes, whose own problems come first. */
    static JobDraft of(ObjectNode manifest, List<ProblemDetail> formProblems) {
        JobDraft draft = of(write(manifest));
        // The lines of a manifest that a form makes say nothing.
        List<DraftProblem> problems = Stream.concat(
                        formProblems.stream().map(DraftProblem::of),
                        draft.problems.stream()
                                .map(problem -> new DraftProblem(problem.field(), problem.message(), 0, "")))
                .toList();
        return new JobDraft(draft.text, problems, false);
    }

    /** Returns this draft with problems of the uploaded file. */
    JobDraft with(List<ProblemDetail> fileProblems) {
        return new JobDraft(text, fileProblems.stream().map(DraftProblem::of).toList(), false);
    }

    private static String write(ObjectNode manifest) {
        try {
            return YAML.writeValueAsString(manifest);
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
