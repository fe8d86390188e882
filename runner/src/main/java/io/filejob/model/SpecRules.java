package io.filejob.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules between fields, which a schema of single fields cannot say. They look only at fields that are well typed.
 * For the API server the records say the same as a {@link Rule}.
 */
final class SpecRules {
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

    private final JsonNode tree;
    private final Problems problems;

    private SpecRules(JsonNode tree, Problems problems) {
        this.tree = tree;
        this.problems = problems;
    }

    static void check(JsonNode tree, Problems problems) {
        SpecRules rules = new SpecRules(tree, problems);
        rules.identity();
        rules.badRecords();
        rules.input();
        rules.generate();
        rules.operation();
        rules.tolerations();
    }

    private void identity() {
        fixed("apiVersion", FileJob.API_VERSION);
        fixed("kind", FileJob.KIND);
        if (problems.noneAt("metadata") && at("metadata").isObject()) {
            JsonNode metadata = at("metadata");
            metadata.fieldNames().forEachRemaining(name -> {
                if (!METADATA.contains(name)) {
                    problems.add("metadata." + name, "is unknown: known are " + String.join(", ", METADATA));
                }
            });
            JsonNode name = metadata.path("name");
            if (name.isMissingNode()) {
                problems.add("metadata.name", "is required");
            } else if (!name.isTextual() || !NAME.matcher(name.textValue()).matches()) {
                problems.add(
                        "metadata.name",
                        Problems.show(name)
                                + " is not a name: use at most 253 lower case letters, digits, '-' and '.', with a"
                                + " letter or digit at both ends");
            }
        }
    }

    private void fixed(String field, String expected) {
        if (problems.noneAt(field) && !at(field).asText().equals(expected)) {
            problems.add(field, Problems.show(at(field)) + " is not supported: write " + expected);
        }
    }

    private void badRecords() {
        if (isSet("spec.tolerated") && !at("spec.onBadRecord").asText().equals("skip")) {
            problems.add("spec.tolerated", Words.TOLERATED_WITHOUT_SKIP);
        }
    }

    private void input() {
        if (isSet("spec.input.generate") && !isSet("spec.input.files")) {
            if (isSet("spec.input.sliceBytes")) {
                problems.add("spec.input.sliceBytes", Words.SLICE_BYTES_OF_GENERATED);
            }
            if (isSet("spec.input.format")) {
                problems.add("spec.input.format", Words.FORMAT_OF_GENERATED);
            }
        }
        JsonNode files = at("spec.input.files");
        if (files.isArray() && files.isEmpty()) {
            problems.add("spec.input.files", Words.NO_FILES);
        }
        String csv = "spec.input.format.csv";
        String quote = textOr(csv + ".quote", "\"");
        if (problems.noneAt(csv)
                && isSet(csv)
                && textOr(csv + ".delimiter", ",").equals(quote)) {
            problems.add(csv + ".quote", Words.QUOTE_IS_DELIMITER.formatted(Problems.show(TextNode.valueOf(quote))));
        }
    }

    private void generate() {
        String generate = "spec.input.generate";
        if (!isSet(generate) || !problems.noneAt(generate)) {
            return;
        }
        BigInteger files = at(generate + ".files").bigIntegerValue();
        BigInteger entries = files.multiply(at(generate + ".entriesPerFile").bigIntegerValue());
        if (entries.bitLength() > 63) {
            problems.add(generate + ".entriesPerFile", Words.TOO_MANY_ENTRIES);
        }
        BigInteger filesPerSlice =
                BigInteger.valueOf(at(generate + ".filesPerSlice").asLong(5));
        BigInteger most = BigInteger.valueOf(FileJobSpec.MAX_SLICES);
        if (ceilDiv(files, filesPerSlice).compareTo(most) > 0) {
            problems.add(generate + ".filesPerSlice", Words.TOO_MANY_SLICES);
        }
        int decimals = at(generate + ".decimals").asInt(2);
        String min = textOr(generate + ".min", "0");
        String max = textOr(generate + ".max", "1000");
        BigInteger lowest = new BigDecimal(min)
                .movePointRight(decimals)
                .setScale(0, RoundingMode.CEILING)
                .toBigInteger();
        BigInteger highest = new BigDecimal(max)
                .movePointRight(decimals)
                .setScale(0, RoundingMode.FLOOR)
                .toBigInteger();
        if (lowest.compareTo(highest) > 0) {
            problems.add(generate + ".max", Words.NO_NUMBERS.formatted(decimals, min, max));
        } else if (Stream.of(lowest, highest, highest.subtract(lowest).add(BigInteger.ONE))
                .anyMatch(number -> number.bitLength() > 63)) {
            problems.add(generate + ".max", Words.TOO_FINE.formatted(min, max, decimals));
        }
    }

    private static BigInteger ceilDiv(BigInteger dividend, BigInteger divisor) {
        return dividend.add(divisor).subtract(BigInteger.ONE).divide(divisor);
    }

    private void operation() {
        if (!problems.noneAt("spec.operation") || !isSet("spec.operation.average")) {
            return;
        }
        String column = "spec.operation.average.column";
        boolean generated = isSet("spec.input.generate");
        boolean lines = isSet("spec.input.format.lines");
        if ((generated || lines) && isSet(column)) {
            problems.add(
                    column,
                    Words.COLUMN_WITHOUT_EFFECT.formatted(
                            Problems.show(at(column)), generated ? "generated" : "lines"));
        }
        if (isSet("spec.input.files") && !generated && !lines && !isSet(column)) {
            problems.add(column, Words.COLUMN_REQUIRED);
        }
    }

    private void tolerations() {
        for (int i = 0; i < at("spec.pod.tolerations").size(); i++) {
            String path = "spec.pod.tolerations[" + i + "]";
            JsonNode toleration = at("spec.pod.tolerations").get(i);
            if (!problems.noneAt(path)) {
                continue;
            }
            boolean exists = toleration.path("operator").asText().equals("Exists");
            if (exists && !toleration.path("value").asText().isEmpty()) {
                problems.add(path + ".value", Words.VALUE_OF_EXISTS);
            }
            if (!exists && !toleration.hasNonNull("key")) {
                problems.add(path + ".key", Words.KEY_OF_EQUAL);
            }
            if (toleration.hasNonNull("tolerationSeconds")
                    && !toleration.path("effect").asText().equals("NoExecute")) {
                problems.add(path + ".tolerationSeconds", Words.SECONDS_WITHOUT_EFFECT);
            }
        }
    }

    private String textOr(String field, String otherwise) {
        return at(field).isTextual() ? at(field).textValue() : otherwise;
    }

    private boolean isSet(String field) {
        return !at(field).isMissingNode() && !at(field).isNull();
    }

    private JsonNode at(String field) {
        return tree.at("/" + field.replace('.', '/'));
    }
}
