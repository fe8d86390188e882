package io.filejob.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules between fields, which a schema of single fields cannot say. They look only at fields that are well typed. */
final class SpecRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):.*", Pattern.DOTALL);
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
        rules.files();
        rules.operation();
        rules.places();
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
        if (!isSet("spec.tolerated")) {
            return;
        }
        exactlyOne("spec.tolerated", "records", "percent");
        if (!at("spec.onBadRecord").asText().equals("skip")) {
            problems.add("spec.tolerated", "has no effect without onBadRecord: skip: add that, or leave this out");
        }
    }

    private void input() {
        exactlyOne("spec.input", "generate", "files");
        if (isSet("spec.input.generate") && !isSet("spec.input.files")) {
            for (String field : List.of("sliceBytes", "format")) {
                if (isSet("spec.input." + field)) {
                    problems.add(
                            "spec.input." + field,
                            "has no effect with generate: leave it out"
                                    + (field.equals("sliceBytes") ? " (filesPerSlice sets the slices)" : ""));
                }
            }
        }
        if (isSet("spec.input.format")) {
            exactlyOne("spec.input.format", "lines", "csv");
        }
        String csv = "spec.input.format.csv";
        String quote = textOr(csv + ".quote", "\"");
        if (problems.noneAt(csv)
                && isSet(csv)
                && textOr(csv + ".delimiter", ",").equals(quote)) {
            problems.add(csv + ".quote", Problems.show(at(csv + ".quote")) + " is the delimiter too: choose another");
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
            problems.add(
                    generate + ".entriesPerFile",
                    "files times entriesPerFile is " + entries + ", more than " + Long.MAX_VALUE + ": ask for fewer");
        }
        BigInteger filesPerSlice =
                BigInteger.valueOf(at(generate + ".filesPerSlice").asLong(5));
        BigInteger most = BigInteger.valueOf(FileJobSpec.MAX_SLICES);
        if (ceilDiv(files, filesPerSlice).compareTo(most) > 0) {
            problems.add(
                    generate + ".filesPerSlice",
                    filesPerSlice + " gives " + ceilDiv(files, filesPerSlice) + " slices, more than "
                            + FileJobSpec.MAX_SLICES
                            + ": use " + ceilDiv(files, most) + " or more");
        }
        int decimals = at(generate + ".decimals").asInt(2);
        BigDecimal min = new BigDecimal(textOr(generate + ".min", "0"));
        BigDecimal max = new BigDecimal(textOr(generate + ".max", "1000"));
        BigInteger lowest =
                min.movePointRight(decimals).setScale(0, RoundingMode.CEILING).toBigInteger();
        BigInteger highest =
                max.movePointRight(decimals).setScale(0, RoundingMode.FLOOR).toBigInteger();
        if (lowest.compareTo(highest) > 0) {
            problems.add(
                    generate + ".max",
                    "there is no number with " + decimals + " decimals from " + min.toPlainString() + " to "
                            + max.toPlainString() + ": set max to min or more");
        } else if (Stream.of(lowest, highest, highest.subtract(lowest).add(BigInteger.ONE))
                .anyMatch(number -> number.bitLength() > 63)) {
            problems.add(
                    generate + ".max",
                    "the numbers from " + min.toPlainString() + " to " + max.toPlainString() + " with " + decimals
                            + " decimals do not fit 63 bits: use fewer decimals or a smaller range");
        }
    }

    private static BigInteger ceilDiv(BigInteger dividend, BigInteger divisor) {
        return dividend.add(divisor).subtract(BigInteger.ONE).divide(divisor);
    }

    private void files() {
        JsonNode files = at("spec.input.files");
        if (files.isArray() && files.isEmpty()) {
            problems.add("spec.input.files", "[] names no file: list at least one path, folder or glob");
        }
        for (int i = 0; files.isArray() && i < files.size(); i++) {
            local("spec.input.files[" + i + "]", files.get(i));
        }
    }

    private void operation() {
        if (!problems.noneAt("spec.operation") || !at("spec.operation").isObject()) {
            return;
        }
        exactlyOne("spec.operation", "average");
        String column = "spec.operation.average.column";
        boolean generated = isSet("spec.input.generate");
        boolean lines = isSet("spec.input.format.lines");
        if (isSet("spec.operation.average") && (generated || lines) && isSet(column)) {
            problems.add(
                    column,
                    Problems.show(at(column)) + " has no effect where the input is "
                            + (generated ? "generated" : "lines") + ": leave it out");
        }
        if (isSet("spec.operation.average") && isSet("spec.input.files") && !generated && !lines && !isSet(column)) {
            problems.add(
                    column,
                    "is required for CSV: name the column that holds the numbers (or set spec.input.format.lines: {})");
        }
    }

    private void places() {
        for (String field : List.of("spec.output.uri", "spec.store.uri", "spec.input.generate.keep.uri")) {
            if (isSet(field) && problems.noneAt(field)) {
                local(field, at(field));
            }
        }
    }

    private void local(String field, JsonNode value) {
        if (!value.isTextual()) {
            return;
        }
        String text = value.textValue();
        var scheme = SCHEME.matcher(text);
        if (text.isBlank()) {
            problems.add(field, Problems.show(value) + " is empty: write a path or a file: URI");
        } else if (scheme.matches() && !scheme.group(1).toLowerCase(Locale.ROOT).equals("file")) {
            problems.add(
                    field,
                    Problems.show(value) + " is not supported by this version of FileJob: use a path or a file: URI"
                            + " (./ before a path with a colon)");
        }
    }

    private void exactlyOne(String field, String... members) {
        if (!at(field).isObject()) {
            return;
        }
        List<String> set =
                Stream.of(members).filter(member -> isSet(field + "." + member)).toList();
        if (set.size() == 1 || (set.isEmpty() && !problems.noneAt(field))) {
            return;
        }
        problems.add(
                field,
                (set.isEmpty() ? "nothing is set" : String.join(" and ", set) + " are set") + ": set "
                        + (members.length == 1 ? members[0] : "exactly one of " + String.join(", ", members)));
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
