package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.SpecRule;
import java.util.List;

/** The rules between the fields of each of {@code spec.pod.tolerations}. */
final class TolerationRules implements RuleSet<TolerationSpec> {
    @Override
    public List<SpecRule<TolerationSpec, ?>> rules() {
        return new RuleList<TolerationSpec>()
                .add(
                        "value",
                        "!has(self.value) || self.value == '' || !has(self.operator) || self.operator != 'Exists'",
                        toleration -> toleration.value() == null
                                || toleration.value().isEmpty()
                                || toleration.operator() != TolerationSpec.Operator.EXISTS,
                        "has no effect with operator: Exists: leave it out")
                .add(
                        "key",
                        "has(self.key) || (has(self.operator) && self.operator == 'Exists')",
                        toleration ->
                                toleration.key() != null || toleration.operator() == TolerationSpec.Operator.EXISTS,
                        "is required without operator: Exists: name the taint's key")
                .add(
                        "tolerationSeconds",
                        "!has(self.tolerationSeconds) || (has(self.effect) && self.effect == 'NoExecute')",
                        toleration -> toleration.tolerationSeconds() == null
                                || toleration.effect() == TolerationSpec.Effect.NO_EXECUTE,
                        "has no effect without effect: NoExecute: add that, or leave this out")
                .toList();
    }
}
