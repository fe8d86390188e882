package io.filejob.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Locale;

/** The manifest of a FileJob, as YAML. Immutable. */
record Manifest(String yaml) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Averages 8,000 numbers in 40 slices: finishes in a moment. */
    static Manifest small(String name, int workers) {
        return average(name, workers, 40, 200);
    }

    /** Averages 1.2 billion numbers in 1,200 slices: takes twenty seconds or more on two CPUs. */
    static Manifest large(String name, int workers) {
        return average(name, workers, 1_200, 1_000_000);
    }

    /** Averages generated numbers, one file per slice. */
    static Manifest average(String name, int workers, int slices, int entriesPerSlice) {
        return new Manifest(String.format(Locale.ROOT, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata:
                  name: %s
                spec:
                  workers: %d
                  input:
                    generate: {files: %d, entriesPerFile: %d, seed: 7, filesPerSlice: 1}
                  operation:
                    average: {}
                """, name, workers, slices, entriesPerSlice))
                .with("spec.pod", pod());
    }

    /** Small enough for several workers on two CPUs, and slow enough to observe all of them running. */
    static String pod() {
        return "{resources: {requests: {cpu: 50m, memory: 96Mi}, limits: {cpu: 700m, memory: 384Mi}}}";
    }

    /** Returns a copy whose workers have so little of a CPU that a test can act in the middle of the job on any machine. */
    Manifest slow() {
        return with("spec.pod.resources.limits.cpu", "300m");
    }

    /**
     * Returns a copy with {@code value}, as YAML, at {@code path}; its last name may contain dots if it is in brackets:
     * a.b.[c.d].
     */
    Manifest with(String path, String value) {
        try {
            ObjectNode root = (ObjectNode) YAML.readTree(yaml);
            JsonNode at = root;
            int bracket = path.indexOf(".[");
            String last = bracket < 0 ? path.substring(path.lastIndexOf('.') + 1) : path.substring(bracket + 2);
            String parents = path.substring(0, bracket < 0 ? path.lastIndexOf('.') : bracket);
            for (String name : parents.split("\\.", -1)) {
                at = at.has(name) ? at.get(name) : ((ObjectNode) at).putObject(name);
            }
            ((ObjectNode) at).set(last.replace("]", ""), YAML.readTree(value));
            return new Manifest(YAML.writeValueAsString(root));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(path + ": " + value, e);
        }
    }

    /** Returns the name of the FileJob. */
    String name() {
        try {
            return YAML.readTree(yaml).at("/metadata/name").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }
}
