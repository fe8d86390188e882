package io.filejob.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.api.FileJob;
import io.filejob.validation.CheckedTree;
import io.filejob.validation.Problems;
import io.filejob.value.Spelling;
import java.util.List;
import java.util.regex.Pattern;

/** Checks API version, kind and metadata of a manifest as the API server does. */
final class IdentityCheck {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final List<String> METADATA = List.of(
            "name",
            "generateName",
            "namespace",
            "labels",
            "annotations",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "ownerReferences",
            "finalizers",
            "managedFields",
            "selfLink");

    private final CheckedTree tree;

    private IdentityCheck(CheckedTree tree) {
        this.tree = tree;
    }

    static void check(CheckedTree tree) {
        new IdentityCheck(tree).identity();
    }

    private void identity() {
        fixed("apiVersion", FileJob.API_VERSION);
        fixed("kind", FileJob.KIND);
        if (tree.at("metadata").isObject()) {
            JsonNode metadata = tree.at("metadata");
            metadata.fieldNames().forEachRemaining(name -> {
                if (!METADATA.contains(name)) {
                    String hint = Spelling.hint(name, METADATA);
                    tree.refuse(
                            "metadata." + name,
                            "is unknown" + (hint.isEmpty() ? ": known are " + String.join(", ", METADATA) : hint));
                }
            });
            JsonNode name = metadata.path("name");
            if (name.isMissingNode()) {
                tree.refuse("metadata.name", "is required");
            } else if (!name.isTextual() || !NAME.matcher(name.textValue()).matches()) {
                tree.refuse(
                        "metadata.name",
                        ("%s is not a name: use at most 253 lower case letters, digits, '-' and '.', with a"
                                        + " letter or digit at both ends")
                                .formatted(Problems.show(name)));
            }
        }
    }

    /** Returns the remedy for the absent field {@code path}, an empty text unless it has a fixed value. */
    static String remedy(String path) {
        return switch (path) {
            case "apiVersion" -> ": write apiVersion: " + FileJob.API_VERSION;
            case "kind" -> ": write kind: " + FileJob.KIND;
            default -> "";
        };
    }

    private void fixed(String field, String expected) {
        if (tree.problems().noneAt(field) && !tree.at(field).asText().equals(expected)) {
            tree.refuse(field, "%s is not supported: write %s".formatted(Problems.show(tree.at(field)), expected));
        }
    }
}
