package io.filejob.api;

import io.filejob.failure.JobFailedException;
import io.filejob.spec.GenerateSpec;
import io.filejob.spec.OutputSpec;
import io.filejob.spec.PartNames;
import io.filejob.validation.CheckedTree;
import io.filejob.value.LocationName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules on files that are written: compares their names with each other and with all names of files that are read. The
 * same name counts in any spelling. Links and patterns are resolved only when the job starts, and compared again then.
 */
public final class OverwriteRules {
    private static final String OUTPUT = "spec.output.uri";
    private static final String REJECTS = "spec.rejects.uri";
    private static final String STORE = "spec.store.uri";
    private static final String KEEP = "spec.input.generate.keep.uri";
    private static final String IMAGES = "spec.operation.compressImages.to.uri";
    private static final String FILES = "spec.input.files";

    private static final String STORE_OF_INPUT = "the store %s holds %s; name a folder for the store alone";

    private final CheckedTree tree;
    private final List<WrittenField> written = new ArrayList<>();

    /** A file to be written; {@code name} is its spelling in the manifest, {@code location} the normal one. */
    private record WrittenField(String field, String name, String location) {}

    private OverwriteRules(CheckedTree tree) {
        this.tree = tree;
    }

    /** Adds the problems of outputs that would replace inputs or each other. */
    public static void check(CheckedTree tree) {
        OverwriteRules rules = new OverwriteRules(tree);
        Map<String, String> inputs = rules.inputs();
        Optional<String> store = rules.location(STORE).map(LocationName::folder);
        rules.output();
        rules.rejects();
        rules.written.stream().map(WrittenField::field).distinct().forEach(field -> rules.file(field, inputs, store));
        store.ifPresent(folder -> rules.store(folder, inputs));
        rules.location(IMAGES).map(LocationName::folder).ifPresent(folder -> rules.images(folder, inputs, store));
    }

    /** Returns the locations of the inputs that are named without a pattern, each with its name. */
    private Map<String, String> inputs() {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (int i = 0; i < tree.at(FILES).size(); i++) {
            String field = FILES + "[" + i + "]";
            String name = tree.at(FILES).get(i).asText();
            // Standard input and standard output have the same name.
            if (!name.equals("-") && !name.matches("[hH][tT][tT][pP][sS]?:.*")) {
                Optional<String> location = location(field, name);
                if (name.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
                    location.ifPresent(each -> inputs.putIfAbsent(each, name));
                }
            }
        }
        return inputs;
    }

    private void output() {
        location(OUTPUT).ifPresent(location -> {
            int parts = tree.problems().noneAt("spec.output.parts")
                    ? tree.at("spec.output.parts").asInt(OutputSpec.DEFAULT_PARTS)
                    : OutputSpec.DEFAULT_PARTS;
            String name = name(OUTPUT);
            for (int part = 1; part <= parts; part++) {
                written.add(new WrittenField(
                        OUTPUT, PartNames.ofPath(name, part, parts), PartNames.ofPath(location, part, parts)));
            }
        });
    }

    private void rejects() {
        location(REJECTS).ifPresent(location -> {
            written.stream()
                    .filter(output -> output.location().equals(location))
                    .findFirst()
                    .filter(output -> !output.name().equals(name(REJECTS)))
                    .ifPresent(output -> tree.refuse(
                            REJECTS,
                            "%s is the file %s of spec.output.uri too; name another file"
                                    .formatted(CheckedTree.show(name(REJECTS)), CheckedTree.show(output.name()))));
            written.add(new WrittenField(REJECTS, name(REJECTS), location));
        });
    }

    /** Refuses the first file of {@code field} that is read too, or in the store. */
    private void file(String field, Map<String, String> inputs, Optional<String> store) {
        for (WrittenField file : written) {
            if (!file.field().equals(field)) {
                continue;
            }
            String shown = CheckedTree.show(file.name());
            String input = inputs.get(file.location());
            if (input != null) {
                String other = input.equals(file.name()) ? "" : ", " + CheckedTree.show(input);
                tree.refuse(field, "%s is one of the input files%s; name another file".formatted(shown, other));
                return;
            }
            if (isKept(file.location())) {
                tree.refuse(
                        field,
                        "%s is one of the generated files that spec.input.generate.keep asks for; name another file"
                                .formatted(shown));
                return;
            }
            if (store.isPresent() && LocationName.isWithin(file.location(), store.get())) {
                tree.refuse(
                        field,
                        "%s is in the store %s, which is for the job alone; name another file"
                                .formatted(shown, CheckedTree.show(name(STORE))));
                return;
            }
        }
    }

    private boolean isKept(String location) {
        Optional<String> folder = location(KEEP);
        Optional<GenerateSpec> generate = tree.bound("spec.input.generate", GenerateSpec.class);
        if (folder.isEmpty() || generate.isEmpty() || !LocationName.isWithin(location, folder.get())) {
            return false;
        }
        return generate.get().isFileName(location.substring(location.lastIndexOf('/') + 1))
                && location.lastIndexOf('/') <= folder.get().length();
    }

    private void store(String store, Map<String, String> inputs) {
        String shown = CheckedTree.show(name(STORE));
        inputs.entrySet().stream()
                .filter(input -> LocationName.isWithin(input.getKey(), store))
                .findFirst()
                .ifPresent(input -> tree.refuse(
                        STORE,
                        STORE_OF_INPUT.formatted(shown, "the input file " + CheckedTree.show(input.getValue()))));
        if (location(KEEP).filter(keep -> LocationName.isWithin(keep, store)).isPresent()) {
            tree.refuse(STORE, STORE_OF_INPUT.formatted(shown, "the folder of spec.input.generate.keep"));
        }
    }

    /** A folder cannot have the name of a file, nor be below one; and a store is cleared at the end of its job. */
    private void images(String folder, Map<String, String> inputs, Optional<String> store) {
        String shown = CheckedTree.show(name(IMAGES));
        for (WrittenField file : written) {
            if (LocationName.isWithin(folder, file.location())) {
                tree.refuse(
                        IMAGES,
                        "%s is the file %s of %s, or below it; name a folder"
                                .formatted(shown, CheckedTree.show(file.name()), file.field()));
                return;
            }
        }
        for (Map.Entry<String, String> input : inputs.entrySet()) {
            if (LocationName.isWithin(folder, input.getKey())) {
                tree.refuse(
                        IMAGES,
                        "%s is the input file %s, or below it; name a folder"
                                .formatted(shown, CheckedTree.show(input.getValue())));
                return;
            }
        }
        if (store.filter(place -> LocationName.isWithin(folder, place) || LocationName.isWithin(place, folder))
                .isPresent()) {
            tree.refuse(
                    IMAGES,
                    "%s overlaps with the store %s, which is for the job alone; name another folder"
                            .formatted(shown, CheckedTree.show(name(STORE))));
        }
    }

    private String name(String field) {
        return tree.textOr(field, "");
    }

    private Optional<String> location(String field) {
        return name(field).isEmpty() ? Optional.empty() : location(field, name(field));
    }

    /** Returns the location of a file, object or folder; refuses the field and returns nothing if the name has none. */
    private Optional<String> location(String field, String name) {
        if (!tree.problems().noneAt(field)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocationName.normal(name));
        } catch (JobFailedException e) {
            tree.refuse(field, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
