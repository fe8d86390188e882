package io.filejob.model;

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
import java.io.IOException;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads and writes manifests in YAML, of which JSON is a part. Safe to use from any thread. */
public final class ManifestReader {
    /** The most bytes of a manifest: more does not fit an object of Kubernetes. */
    public static final int MAX_BYTES = 1 << 20;

    /** What is said of a larger one. */
    public static final String TOO_LARGE =
            "the manifest is larger than 1 MiB, the limit: name folders or patterns instead of single files";

    private static final ObjectMapper YAML = yaml();

    private ManifestReader() {}

    private static ObjectMapper yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        YAMLFactory factory = YAMLFactory.builder()
                .loaderOptions(options)
                // As kubectl reads it.
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

    /** The job in {@code manifest}; {@link InvalidManifest} lists all that is wrong with it. */
    public static FileJob read(String manifest) throws InvalidManifest {
        return checked(parse(manifest));
    }

    /**
     * As {@link #read}, of a manifest that a program has written, perhaps of another version: what is null is not set.
     */
    public static FileJob readWritten(String manifest) throws InvalidManifest {
        JsonNode tree = parse(manifest);
        dropNulls(tree);
        return checked(tree);
    }

    private static void dropNulls(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            object.properties().removeIf(entry -> entry.getValue().isNull());
        }
        tree.forEach(ManifestReader::dropNulls);
    }

    private static FileJob checked(JsonNode tree) throws InvalidManifest {
        Problems problems = new Problems();
        SchemaCheck.check(tree, FileJob.class, problems);
        SpecRules.check(tree, problems);
        if (!problems.all().isEmpty()) {
            throw new InvalidManifest(problems.all());
        }
        return Json.bind(((ObjectNode) tree).without(List.of("status")), FileJob.class);
    }

    /** The job as YAML, with its defaults. */
    public static String write(FileJob job) {
        try {
            return YAML.writeValueAsString(job);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job cannot be written", e);
        }
    }

    private static JsonNode parse(String manifest) throws InvalidManifest {
        // Before anything else, since parsing takes many times its size.
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
            if (!all.getFirst().isObject()) {
                throw refused("the manifest is not a mapping: write apiVersion, kind, metadata and spec");
            }
            return all.getFirst();
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": ";
            String what = e.getOriginalMessage().lines().findFirst().orElse("");
            // A star begins an alias: nearly always it is a pattern without quotes.
            String remedy =
                    what.contains("alias") ? ": write a text that begins with * in quotes, for example \"*.csv\"" : "";
            throw refused("not YAML: " + where + what + remedy);
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot be read", e);
        }
    }

    private static InvalidManifest refused(String message) {
        return new InvalidManifest(List.of(new Problem("", message)));
    }
}
