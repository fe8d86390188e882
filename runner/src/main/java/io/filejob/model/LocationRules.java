package io.filejob.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The rules about written files, object storage, volumes and memory. */
final class LocationRules {
    private final CheckedTree tree;

    private LocationRules(CheckedTree tree) {
        this.tree = tree;
    }

    static void check(CheckedTree tree) {
        LocationRules rules = new LocationRules(tree);
        rules.files();
        rules.memory();
        rules.s3();
        rules.volumes();
    }

    private void files() {
        for (String field : new String[] {"spec.output.uri", "spec.rejects.uri"}) {
            if (tree.problems().noneAt(field) && tree.textOr(field, "").endsWith("/")) {
                tree.refuse(field, RuleMessages.FOLDER.formatted(Problems.show(tree.at(field))));
            }
        }
        if (tree.problems().noneAt("spec.output.parts")
                && tree.at("spec.output.parts").asInt(1) > 1) {
            if (!tree.isSet("spec.operation.aggregate")
                    && !tree.isSet("spec.operation.ingest")
                    && tree.isKnown("spec.operation", "aggregate")) {
                tree.refuse("spec.output.parts", RuleMessages.PARTS_WITHOUT_GROUPS);
            }
            if (tree.isSet("spec.output.configMap")) {
                tree.refuse("spec.output.parts", RuleMessages.PARTS_OF_CONFIG_MAP);
            }
        }
    }

    private void memory() {
        tree.bound("spec.memory", ByteSize.class)
                .filter(memory ->
                        memory.bytes() < ByteSize.parse(FileJobSpec.MIN_MEMORY).bytes())
                .ifPresent(_ -> tree.refuse("spec.memory", RuleMessages.LITTLE_MEMORY));
    }

    private void s3() {
        String field = "spec.s3";
        if (!tree.isSet(field)) {
            return;
        }
        Stream<JsonNode> places = Stream.concat(
                StreamSupport.stream(tree.at("spec.input.files").spliterator(), false),
                Stream.of("spec.output.uri", "spec.rejects.uri", "spec.store.uri")
                        .map(tree::at));
        if (places.noneMatch(place -> place.asText().startsWith(Location.S3_SCHEME))) {
            tree.refuse(field, RuleMessages.S3_WITHOUT_PLACE);
        }
        tree.partlyBound(field, S3Spec.class).ifPresent(s3 -> {
            String endpoint = s3.endpoint();
            if (endpoint == null) {
                return;
            }
            if (!endpoint.matches(S3Spec.ENDPOINT)) {
                tree.refuse(field + ".endpoint", RuleMessages.NOT_AN_ENDPOINT.formatted(CheckedTree.show(endpoint)));
            } else if (s3.caSecret() != null && endpoint.startsWith("http:")) {
                tree.refuse(field + ".caSecret", RuleMessages.CA_OF_HTTP);
            }
        });
    }

    private void volumes() {
        for (int i = 0; i < tree.at("spec.volumes").size(); i++) {
            String field = "spec.volumes[" + i + "].mountPath";
            JsonNode path = tree.at("spec.volumes").get(i).path("mountPath");
            if (!path.isTextual() || !tree.problems().noneAt(field)) {
                continue;
            }
            if (!path.textValue().matches(VolumeSpec.ABSOLUTE)) {
                tree.refuse(field, RuleMessages.NOT_A_MOUNT_PATH.formatted(Problems.show(path)));
            }
            if (path.textValue().matches(VolumeSpec.TAKEN)) {
                tree.refuse(field, RuleMessages.TAKEN.formatted(Problems.show(path)));
            }
        }
        if (twice("name")) {
            tree.refuse("spec.volumes", RuleMessages.VOLUME_TWICE);
        }
        if (twice("mountPath")) {
            tree.refuse("spec.volumes", RuleMessages.PATH_TWICE);
        }
    }

    private boolean twice(String field) {
        Set<JsonNode> seen = new HashSet<>();
        return StreamSupport.stream(tree.at("spec.volumes").spliterator(), false)
                .map(volume -> volume.path(field))
                .anyMatch(value -> value.isTextual() && !seen.add(value));
    }
}
