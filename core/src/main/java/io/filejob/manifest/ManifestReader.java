package io.filejob.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.filejob.api.FileJob;
import io.filejob.api.FileJobSpec;
import io.filejob.api.OverwriteRules;
import io.filejob.validation.CheckedTree;
import io.filejob.validation.InvalidManifestException;
import io.filejob.validation.Problem;
import io.filejob.validation.Problems;
import io.filejob.validation.RuleCheck;
import io.filejob.validation.ShortForms;
import io.filejob.value.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads and writes manifests in YAML, which includes JSON. Thread-safe. */
public final class ManifestReader {
    /** The maximum size of a manifest in bytes; a larger one does not fit in a Kubernetes object. */
    public static final int MAX_BYTES = 1 << 20;

    /** The message about a larger manifest. */
    public static final String TOO_LARGE =
            "the manifest is larger than 1 MiB, the limit: name folders or patterns instead of single files";

    private static final ObjectMapper YAML = yaml();

    private ManifestReader() {}

    private static ObjectMapper yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        YAMLFactory factory = YAMLFactory.builder()
                .loaderOptions(options)
                // The setting matches how kubectl reads YAML.
                .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .build();
        return new ObjectMapper(factory)
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    }

    /**
     * Parses and checks {@code manifest} as the API server does. Throws {@link InvalidManifestException} with all problems.
     */
    public static FileJob read(String manifest) throws InvalidManifestException {
        ManifestSource source = new ManifestSource(manifest);
        return checked(parse(manifest), source, new Problems());
    }

    /**
     * Parses and checks like {@link #read} a manifest that people wrote for this machine: changes it as {@code edits} says,
     * and takes short forms.
     */
    public static LocalManifest readLocal(String manifest, ManifestEdits edits) throws InvalidManifestException {
        ManifestSource source = new ManifestSource(manifest);
        ObjectNode tree = parse(manifest);
        Problems problems = new Problems();
        Map<String, String> texts = edits.apply(tree, problems);
        List<String> shortForms = ShortForms.expand(
                tree.path("spec"),
                FileJobSpec.class,
                "spec",
                field -> texts.getOrDefault(field, source.scalar(field).orElse("")));
        boolean hasWorkers = tree.path("spec").has("workers");
        return new LocalManifest(
                checked(tree, source, problems),
                hasWorkers,
                shortForms.stream().filter(field -> !texts.containsKey(field)).toList());
    }

    /**
     * Parses like {@link #read} a manifest that was written by a program, perhaps of another version; nulls are treated
     * as
     * absent.
     */
    public static FileJob readWritten(String manifest) throws InvalidManifestException {
        ObjectNode tree = parse(manifest);
        dropNulls(tree);
        return checked(tree, new ManifestSource(manifest), new Problems());
    }

    /** Parses like {@link #readWritten}, and keeps the status, which the cluster or a local run has written. */
    public static FileJob readWithStatus(String manifest) throws InvalidManifestException {
        ObjectNode tree = parse(manifest);
        dropNulls(tree);
        JsonNode status = tree.path("status");
        FileJob job = checked(tree, new ManifestSource(manifest), new Problems());
        if (status.isMissingNode()) {
            return job;
        }
        return job.withStatus(StatusReader.read(status)
                .orElseThrow(() -> new InvalidManifestException(List.of(new Problem(
                        "status",
                        "is not one that this release writes: use the output of kubectl get -o yaml, or of filejob run"
                                + " -o yaml")))));
    }

    /** Parses the YAML of a single value, without any checks. */
    static JsonNode parseValue(String yaml) throws JsonProcessingException {
        return YAML.readTree(yaml);
    }

    private static void dropNulls(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            object.properties().removeIf(entry -> entry.getValue().isNull());
        }
        tree.forEach(ManifestReader::dropNulls);
    }

    private static FileJob checked(ObjectNode tree, ManifestSource source, Problems problems)
            throws InvalidManifestException {
        SchemaCheck.check(tree, FileJob.class, problems);
        CheckedTree checked = new CheckedTree(tree, problems);
        IdentityCheck.check(checked);
        RuleCheck.check(tree.path("spec"), FileJobSpec.class, "spec", problems);
        OverwriteRules.check(checked);
        if (!problems.all().isEmpty()) {
            throw new InvalidManifestException(source.locate(problems.all()));
        }
        return Json.bind(tree.without(List.of("status")), FileJob.class);
    }

    /** Returns the job as YAML, including defaults. */
    public static String write(FileJob job) {
        try {
            return YAML.writeValueAsString(job);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job cannot be written", e);
        }
    }

    private static ObjectNode parse(String manifest) throws InvalidManifestException {
        // The size is checked first, since parsing takes many times as much memory.
        if (manifest.length() > MAX_BYTES) {
            throw refused(TOO_LARGE);
        }
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(manifest)) {
            List<JsonNode> all = documents.readAll();
            if (all.isEmpty()) {
                throw refused("the manifest is empty: write one FileJob");
            }
            if (all.size() > 1) {
                throw refused("the manifest holds " + all.size() + " documents: write one FileJob a file");
            }
            if (all.getFirst() instanceof ObjectNode tree) {
                return tree;
            }
            throw refused("the manifest is not a mapping: write apiVersion, kind, metadata and spec");
        } catch (JsonProcessingException e) {
            throw new InvalidManifestException(List.of(YamlError.of(e, manifest)));
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot be read", e);
        }
    }

    private static InvalidManifestException refused(String message) {
        return new InvalidManifestException(List.of(new Problem("", message)));
    }
}
