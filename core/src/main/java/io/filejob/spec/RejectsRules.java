package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.List;

/** The rule about {@code spec.rejects}. */
public final class RejectsRules implements RuleSet<RejectsSpec> {
    /** The message about a file's name that is missing. */
    public static final String IS_FOLDER = "%s is a folder: add the name of a file";

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
