package io.filejob.model;

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
