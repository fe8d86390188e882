package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.List;

/** The rules of {@code spec.callback}. */
final class CallbackRules implements RuleSet<CallbackSpec> {
    @Override
    public List<SpecRule<CallbackSpec, ?>> rules() {
        return new RuleList<CallbackSpec>()
                .add(
                        "url",
                        "self.url.matches('^" + CallbackSpec.URL + "$')",
                        callback -> callback.url().matches(CallbackSpec.URL),
                        "%s is not a URL of a receiver: write https://host/path, without a user, a fragment or blanks",
                        ShownValue.quoted("self.url", CallbackSpec::url))
                .toList();
    }
}
