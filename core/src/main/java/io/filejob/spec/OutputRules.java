package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.List;
import java.util.Objects;

/** The rules between the fields of {@code spec.output}. */
public final class OutputRules implements RuleSet<OutputSpec> {
    @Override
    public List<SpecRule<OutputSpec, ?>> rules() {
        return new RuleList<OutputSpec>()
                .add(
                        "uri",
                        "!has(self.uri) || !self.uri.endsWith('/')",
                        output -> output.uri() == null || !output.uri().endsWith("/"),
                        RejectsRules.IS_FOLDER,
                        ShownValue.quoted("self.uri", output -> Objects.requireNonNull(output.uri())))
                .add(
                        "parts",
                        "!has(self.configMap) || self.parts <= 1",
                        output -> output.configMap() == null || output.parts() <= 1,
                        "has no effect with configMap: leave it out")
                .toList();
    }
}
