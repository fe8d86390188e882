package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.SpecRule;
import java.util.List;

/** The rules between the fields of {@code spec.input}. */
final class InputRules implements RuleSet<InputSpec> {
    private static final String OF_GENERATED = "has no effect with generate: leave it out";

    @Override
    public List<SpecRule<InputSpec, ?>> rules() {
        return new RuleList<InputSpec>()
                .add(
                        "sliceBytes",
                        "!(has(self.generate) && !has(self.files) && has(self.sliceBytes))",
                        input -> input.generate() == null || input.files() != null || input.sliceBytes() == null,
                        OF_GENERATED + " (filesPerSlice sets the slices)")
                .add(
                        "format",
                        "!(has(self.generate) && !has(self.files) && has(self.format))",
                        input -> input.generate() == null || input.files() != null || input.format() == null,
                        OF_GENERATED)
                .add(
                        "files",
                        "!has(self.files) || self.files.size() > 0",
                        input -> input.files() == null || !input.files().isEmpty(),
                        "[] names no file: list at least one path, folder or glob")
                .toList();
    }
}
