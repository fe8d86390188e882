package io.filejob.spec.ingest;

import io.filejob.spec.MeasureRules;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.aggregate.AggregateRules;
import io.filejob.validation.CelText;
import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The rules between the fields of each of {@code spec.operation.ingest.aggregates}. */
final class AggregateTableRules implements RuleSet<AggregateTableSpec> {
    @Override
    public List<SpecRule<AggregateTableSpec, ?>> rules() {
        return new RuleList<AggregateTableSpec>()
                .add(
                        "groupBy",
                        "self.groupBy.size() > 0",
                        table -> !table.groupBy().isEmpty(),
                        "[] makes no groups: list at least one column")
                .each(
                        "groupBy",
                        AggregateTableSpec::groupBy,
                        CelText.distinct("groupBy", false),
                        (table, key) -> Collections.frequency(table.groupBy(), key) == 1,
                        AggregateRules.OCCURS_TWICE,
                        ShownValue.quoted(CelText.firstDuplicate("groupBy"), key -> key))
                .add(
                        "measures",
                        "self.measures.size() > 0",
                        table -> !table.measures().isEmpty(),
                        MeasureRules.IS_EMPTY)
                .each(
                        "measures",
                        AggregateTableSpec::measures,
                        MeasureRules.haveDistinctNames(),
                        (table, measure) -> columns(table)
                                        .filter(measure.outputName()::equals)
                                        .count()
                                == 1,
                        MeasureRules.IS_NO_NAME_OF_ITS_OWN)
                .toList();
    }

    private static Stream<String> columns(AggregateTableSpec table) {
        return Stream.concat(table.groupBy().stream(), table.measures().stream().map(MeasureSpec::outputName));
    }
}
