package io.filejob.model;

import java.util.List;

/** The rule about {@code spec.rejects}. */
final class RejectsRules implements RuleSet<RejectsSpec> {
    static final String IS_FOLDER = "%s is a folder: add the name of a file";

    @Override
    public List<SpecRule<RejectsSpec, ?>> rules() {
        return new RuleList<RejectsSpec>()
                .add(
                        "uri",
                        "!self.uri.endsWith('/')",
                        rejects -> !rejects.uri().endsWith("/"),
                        IS_FOLDER,
                        ShownValue.quoted("self.uri", RejectsSpec::uri))
                .toList();
    }
}
