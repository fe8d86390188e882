package io.filejob.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads and writes manifests in YAML, of which JSON is a part. Safe to use from any thread. */
public final class ManifestReader {
    private static final ObjectMapper YAML = yaml();

    private ManifestReader() {}

    private static ObjectMapper yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        YAMLFactory factory = YAMLFactory.builder()
                .loaderOptions(options)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .build();
        return new ObjectMapper(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    }

    /** The job in {@code manifest}; {@link InvalidManifest} lists all that is wrong with it. */
    public static FileJob read(String manifest) throws InvalidManifest {
        JsonNode tree = parse(manifest);
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
            String what = e.getOriginalMessage();
            throw refused("not YAML: " + where + (what.contains("\n") ? what.substring(0, what.indexOf('\n')) : what));
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot be read", e);
        }
    }

    private static InvalidManifest refused(String message) {
        return new InvalidManifest(List.of(new Problem("", message)));
    }
}
