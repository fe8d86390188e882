package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.List;

/** The rules between the fields of a comparison. */
public final class ComparisonRules implements RuleSet<ComparisonSpec> {
    private static final ShownValue<ComparisonSpec> VALUE = ShownValue.quoted("self.value", ComparisonSpec::value);

    @Override
    public List<SpecRule<ComparisonSpec, ?>> rules() {
        return new RuleList<ComparisonSpec>()
                .add(
                        "value",
                        "!has(self.type) || self.type != 'decimal' || self.value.matches('^(" + ValueType.A_DECIMAL
                                + ")$')",
                        comparison -> comparison.type() != ValueType.DECIMAL || isOf(comparison, ValueType.DECIMAL),
                        "%s is not a decimal: write for example 100 or -12.5",
                        VALUE)
                .add(
                        "value",
                        "!has(self.type) || self.type != 'date' || self.value.matches('^(" + ValueType.A_DATE + ")$')",
                        comparison -> comparison.type() != ValueType.DATE || isOf(comparison, ValueType.DATE),
                        "%s is not a date: write YYYY-MM-DD",
                        VALUE)
                .toList();
    }

    /** Returns whether the value has a type. */
    public static boolean isOf(ComparisonSpec comparison, ValueType type) {
        return comparison.value().matches(type.pattern());
    }
}
