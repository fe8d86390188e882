package io.filejob.spec.aggregate;

import io.filejob.spec.ComparisonRules;
import io.filejob.spec.ComparisonSpec;
import io.filejob.spec.MeasureRules;
import io.filejob.spec.ValueType;
import io.filejob.validation.CelText;
import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.Collections;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The rules between the fields of {@code spec.operation.aggregate}. */
public final class AggregateRules implements RuleSet<AggregateSpec> {
    /** The message about a value that is listed twice. */
    public static final String OCCURS_TWICE = "%s is there twice: leave one out";

    private static final String NOT_AN_OUTPUT_COLUMN =
            "%s is not a column of the output: use one of groupBy or the name of a measure";

    /** Whether the results of the measure {@code m} are decimals, in CEL. */
    private static final String GIVES_DECIMALS = "(m.__function__ in ['sum', 'avg', 'count', 'countDistinct']"
            + " || (m.__function__ in ['min', 'max'] && (!has(m.type) || m.type == 'decimal')))";

    /** Whether the results of the measure {@code m} are dates, in CEL. */
    private static final String GIVES_DATES = "(m.__function__ in ['min', 'max'] && has(m.type) && m.type == 'date')";

    private static final String IS_KEY = "(has(self.groupBy) && self.having[i].column in self.groupBy)";

    @Override
    public List<SpecRule<AggregateSpec, ?>> rules() {
        RuleList<AggregateSpec> rules = new RuleList<>();
        output(rules);
        having(rules);
        return rules.each(
                        "timestamps",
                        AggregateSpec::timestampColumns,
                        "!has(self.timestamps) || [self.timestamps.map(t, t.column)].all(names,"
                                + " names.all(n, names.exists_one(o, o == n)))",
                        (spec, timestamp) -> spec.timestampColumns().stream()
                                        .filter(other -> other.column().equals(timestamp.column()))
                                        .count()
                                == 1,
                        "names a column twice: leave one out")
                .add(
                        "top.by",
                        "!has(self.top) || (has(self.groupBy) && self.top.by in self.groupBy)"
                                + " || self.measures.exists(m, " + MeasureRules.name("m") + " == self.top.by)",
                        spec -> spec.top() == null
                                || spec.outputColumns().contains(spec.top().by()),
                        NOT_AN_OUTPUT_COLUMN,
                        ShownValue.quoted(
                                "self.top.by",
                                spec -> spec.top() == null ? "" : spec.top().by()))
                .suggesting(AggregateSpec::outputColumns)
                .toList();
    }

    private static void output(RuleList<AggregateSpec> rules) {
        rules.add(
                        "measures",
                        "self.measures.size() > 0",
                        spec -> !spec.measures().isEmpty(),
                        MeasureRules.IS_EMPTY)
                .each(
                        "groupBy",
                        AggregateSpec::keys,
                        CelText.distinct("groupBy", true),
                        (spec, key) -> Collections.frequency(spec.keys(), key) == 1,
                        OCCURS_TWICE,
                        ShownValue.quoted(CelText.firstDuplicate("groupBy"), key -> key))
                .each(
                        "measures",
                        AggregateSpec::measures,
                        MeasureRules.haveDistinctNames(),
                        (spec, measure) -> Collections.frequency(spec.outputColumns(), measure.outputName()) == 1,
                        MeasureRules.IS_NO_NAME_OF_ITS_OWN)
                .each(
                        "measures",
                        AggregateSpec::measures,
                        "self.measures.all(m, !has(m.__as__) || m.__as__.trim() != '')",
                        (_, measure) -> measure.as() == null || !measure.as().isBlank(),
                        "has a blank name: give as a text, or leave it out");
    }

    private static void having(RuleList<AggregateSpec> rules) {
        ofGroupFilter(
                rules,
                IS_KEY + " || " + isOfMeasure(""),
                (spec, filter) -> spec.outputColumns().contains(filter.column()),
                NOT_AN_OUTPUT_COLUMN);
        rules.suggesting(AggregateSpec::outputColumns);
        ofGroupFilter(
                rules,
                "has(self.having[i].type) || self.having[i].operator in ['=', '!='] || !" + IS_KEY,
                (spec, filter) -> filter.type() != null
                        || !filter.operator().isOrdering()
                        || !spec.keys().contains(filter.column()),
                "%s is a key and compared by order: give the type, decimal, date or string");
        ofGroupFilter(
                rules,
                "!has(self.having[i].type) || !" + isOfMeasure(""),
                (spec, filter) -> filter.type() == null || !isOfMeasure(spec, filter, null),
                "%s is a measure, which has its own type: leave type out");
        ofUntypedValue(
                rules,
                ValueType.DECIMAL,
                GIVES_DECIMALS,
                "%s holds decimals, but %s is none: write for example 100 or -12.5");
        ofUntypedValue(rules, ValueType.DATE, GIVES_DATES, "%s holds dates, but %s is none: write YYYY-MM-DD");
    }

    /** Adds a rule about each of {@code having}, in CEL {@code self.having[i]}, whose message shows the column. */
    private static void ofGroupFilter(
            RuleList<AggregateSpec> rules,
            String condition,
            BiPredicate<AggregateSpec, ComparisonSpec> holds,
            String message) {
        rules.each(
                "having",
                AggregateSpec::groupFilters,
                CelText.all("having", condition),
                holds,
                message,
                ShownValue.quoted(CelText.first("having", "!(" + condition + ")") + ".column", ComparisonSpec::column));
    }

    /** Adds a rule about each of {@code having} without a type that is compared with a measure of {@code type}. */
    private static void ofUntypedValue(RuleList<AggregateSpec> rules, ValueType type, String gives, String message) {
        String condition = "has(self.having[i].type) || self.having[i].value.matches('^(" + type.pattern() + ")$') || !"
                + isOfMeasure(" && " + gives);
        String first = CelText.first("having", "!(" + condition + ")");
        rules.each(
                "having",
                AggregateSpec::groupFilters,
                CelText.all("having", condition),
                (spec, filter) ->
                        filter.type() != null || ComparisonRules.isOf(filter, type) || !isOfMeasure(spec, filter, type),
                message,
                ShownValue.quoted(first + ".column", ComparisonSpec::column),
                ShownValue.quoted(first + ".value", ComparisonSpec::value));
    }

    /** Returns whether, in CEL, the column is that of a measure {@code m} that satisfies a condition. */
    private static String isOfMeasure(String condition) {
        return "self.measures.exists(m, " + MeasureRules.name("m") + " == self.having[i].column" + condition + ")";
    }

    private static boolean isOfMeasure(AggregateSpec spec, ComparisonSpec filter, @Nullable ValueType resultType) {
        return spec.measures().stream()
                .filter(measure -> measure.outputName().equals(filter.column()))
                .anyMatch(measure -> resultType == null || measure.resultType() == resultType);
    }
}
