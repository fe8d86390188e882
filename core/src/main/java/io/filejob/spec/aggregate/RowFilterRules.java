package io.filejob.spec.aggregate;

import io.filejob.spec.ComparisonSpec;
import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.List;

/** The rule about each of {@code spec.operation.aggregate.where}. */
final class RowFilterRules implements RuleSet<ComparisonSpec> {
    @Override
    public List<SpecRule<ComparisonSpec, ?>> rules() {
        return new RuleList<ComparisonSpec>()
                .add(
                        "type",
                        "has(self.type) || self.operator in ['=', '!=']",
                        filter -> filter.type() != null || !filter.operator().isOrdering(),
                        "is required for %s: choose decimal, date or string",
                        ShownValue.plain(
                                "self.operator", filter -> filter.operator().text()))
                .toList();
    }
}
