package io.filejob.spec.ingest;

import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureRules;
import io.filejob.spec.MeasureSpec;
import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ScalarCheck;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import io.filejob.value.Identifier;
import java.util.List;

/** The rules about each measure of an aggregated table. */
final class TableMeasureRules implements RuleSet<MeasureSpec> {
    @Override
    public List<SpecRule<MeasureSpec, ?>> rules() {
        String name = MeasureRules.name("self");
        return new RuleList<MeasureSpec>()
                .add(
                        "function",
                        "!(self.__function__ in ['first', 'last'])",
                        measure -> measure.function() != MeasureFunction.FIRST
                                && measure.function() != MeasureFunction.LAST,
                        "%s is not for tables, since their rows have no order: use min or max",
                        MeasureRules.FUNCTION)
                .add(
                        "type",
                        "!has(self.type)",
                        measure -> measure.type() == null,
                        "has no effect here, since the table's columns have types: leave it out")
                .add(
                        "as",
                        name + ".matches(r'^" + Identifier.ONE + "$') && bytes(" + name + ").size() <= "
                                + Identifier.MAX_LENGTH,
                        measure -> ScalarCheck.isIdentifier(measure.outputName()),
                        "%s cannot name a column of the table, which takes 1 to " + Identifier.MAX_LENGTH
                                + " bytes and no control characters: give another with as",
                        ShownValue.quoted(name, MeasureSpec::outputName))
                .toList();
    }
}
