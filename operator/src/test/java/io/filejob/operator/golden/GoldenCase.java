package io.filejob.operator.golden;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.api.FileJobSpec;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.InputListingConfigMap;
import io.filejob.cluster.LedgerConfigMap;
import io.filejob.ledger.Ledger;
import io.filejob.operation.Planner;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with the objects of a FileJob as the operator observes them ({@code in-*.yaml}), and its requests for
 * changes ({@code out-*.yaml}).
 *
 * <p>So that files stay readable, the contents of a ledger and of a listing are below {@code unpacked} instead of
 * {@code binaryData}, and {@code $FINGERPRINT} and {@code $CUT} stand for those of the plan.
 */
final class GoldenCase {
    private static final String SETTINGS = "in-settings.yaml";
    private static final String UNPACKED = "unpacked";

    private final Path folder;
    private final Map<String, String> markers;

    GoldenCase(Path folder) throws IOException {
        this.folder = folder;
        this.markers = markers(objects(Map.of()));
    }

    /** Returns the objects, with packed contents. */
    List<ObjectNode> objects() throws IOException {
        List<ObjectNode> objects = objects(markers);
        objects.forEach(GoldenCase::pack);
        return objects;
    }

    /** Returns the environment of the operator: {@code in-settings.yaml}, and the image of the workers. */
    Map<String, String> settings() throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("FILEJOB_RUNNER_IMAGE", "localhost/runner:1"));
        if (Files.exists(folder.resolve(SETTINGS))) {
            environment.putAll(Serialization.unmarshal(
                    Files.readString(folder.resolve(SETTINGS)), new TypeReference<Map<String, String>>() {}));
        }
        return environment;
    }

    /** Returns the content of the files {@code out-*.yaml} by their names. */
    Map<String, String> expected() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (Path file : files("out-")) {
            expected.put(file.getFileName().toString(), Files.readString(file));
        }
        return expected;
    }

    /** Replaces the files {@code out-*.yaml}. */
    void rewrite(Map<String, String> actual) throws IOException {
        for (Path file : files("out-")) {
            Files.delete(file);
        }
        for (Map.Entry<String, String> file : actual.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Returns {@code files} with markers instead of the plan's values. */
    Map<String, String> marked(Map<String, String> files) {
        Map<String, String> marked = new TreeMap<>(files);
        markers.forEach((marker, value) -> marked.replaceAll((_, text) -> text.replace(value, marker)));
        return marked;
    }

    private List<ObjectNode> objects(Map<String, String> known) throws IOException {
        List<ObjectNode> objects = new ArrayList<>();
        for (Path file : files("in-")) {
            if (!file.endsWith(SETTINGS)) {
                String text = Files.readString(file);
                for (Map.Entry<String, String> marker : known.entrySet()) {
                    text = text.replace(marker.getKey(), marker.getValue());
                }
                Yaml.read(text).forEach(each -> objects.add((ObjectNode) each));
            }
        }
        return objects;
    }

    private List<Path> files(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> markers(List<ObjectNode> objects) {
        List<InputFile> files = new ArrayList<>();
        FileJobSpec spec = null;
        for (ObjectNode object : objects) {
            object.at("/" + UNPACKED + "/" + ClusterNames.INPUTS_KEY).forEach(row -> files.add(file(row)));
            if (object.path("kind").asText().equals("FileJob")) {
                spec = Serialization.unmarshal(object.path("spec").toString(), FileJobSpec.class);
            }
        }
        if (spec == null || (spec.input().files() != null && files.isEmpty())) {
            return Map.of();
        }
        Plan plan = Planner.plan(spec, files);
        return Map.of(
                "$FINGERPRINT",
                plan.fingerprint().combined(),
                "$CUT",
                plan.fingerprint().cut().text());
    }

    private static InputFile file(JsonNode row) {
        return new InputFile(
                row.get(0).asText(), row.get(1).asLong(), row.get(2).asText());
    }

    private static void pack(ObjectNode object) {
        JsonNode contents = object.remove(UNPACKED);
        if (contents == null) {
            return;
        }
        ObjectNode packed = object.putObject("binaryData");
        contents.properties()
                .forEach(entry -> packed.put(
                        entry.getKey(),
                        Base64.getEncoder()
                                .encodeToString(
                                        entry.getKey().equals(ClusterNames.LEDGER_KEY)
                                                ? LedgerConfigMap.encode(Serialization.unmarshal(
                                                        entry.getValue().toString(), Ledger.class))
                                                : InputListingConfigMap.encode(entry.getValue()
                                                        .valueStream()
                                                        .map(GoldenCase::file)
                                                        .toList()))));
    }
}
