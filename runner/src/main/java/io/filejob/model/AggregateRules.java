package io.filejob.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The rules between the fields of {@code spec.operation.aggregate}. */
final class AggregateRules {
    private static final String FIELD = "spec.operation.aggregate";

    private final CheckedTree tree;
    private final AggregateSpec spec;

    private AggregateRules(CheckedTree tree, AggregateSpec spec) {
        this.tree = tree;
        this.spec = spec;
    }

    static void check(CheckedTree tree) {
        tree.bound(FIELD, AggregateSpec.class).ifPresent(spec -> {
            AggregateRules rules = new AggregateRules(tree, spec);
            rules.measures();
            rules.names();
            rules.where();
            rules.having();
            rules.top();
        });
    }

    private void measures() {
        if (spec.measures().isEmpty()) {
            tree.refuse(FIELD + ".measures", RuleMessages.NO_MEASURES);
        }
        for (int i = 0; i < spec.measures().size(); i++) {
            MeasureSpec measure = spec.measures().get(i);
            String path = FIELD + ".measures[" + i + "]";
            String function = measure.function().text();
            if (measure.column() == null && measure.function() != MeasureFunction.COUNT) {
                tree.refuse(path + ".column", RuleMessages.COLUMN_OF_MEASURE.formatted(function));
            }
            if (measure.type() != null && !measure.function().hasType()) {
                tree.refuse(path + ".type", RuleMessages.TYPE_OF_FUNCTION.formatted(function));
            }
        }
    }

    private void names() {
        spec.keys().stream()
                .filter(key -> Collections.frequency(spec.keys(), key) > 1)
                .distinct()
                .forEach(key -> tree.refuse(FIELD + ".groupBy", RuleMessages.TWICE.formatted(CheckedTree.show(key))));
        List<String> columns = spec.outputColumns();
        if (spec.measures().stream().anyMatch(measure -> Collections.frequency(columns, measure.outputName()) > 1)) {
            tree.refuse(FIELD + ".measures", RuleMessages.TWO_COLUMNS);
        }
        if (spec.measures().stream().anyMatch(measure -> measure.outputName().isBlank())) {
            tree.refuse(FIELD + ".measures", RuleMessages.NO_NAME);
        }
    }

    private void where() {
        for (int i = 0; i < spec.rowFilters().size(); i++) {
            ComparisonSpec comparison = spec.rowFilters().get(i);
            String path = FIELD + ".where[" + i + "]";
            if (comparison.type() == null && comparison.operator().isOrdering()) {
                tree.refuse(
                        path + ".type",
                        RuleMessages.TYPE_OF_ORDER.formatted(
                                comparison.operator().text()));
            }
            value(comparison, path);
        }
    }

    private void value(ComparisonSpec comparison, String path) {
        ValueType type = comparison.type();
        if (type != null && !comparison.value().matches(type.pattern())) {
            tree.refuse(
                    path + ".value",
                    (type == ValueType.DATE ? RuleMessages.NOT_A_DATE : RuleMessages.NOT_A_DECIMAL)
                            .formatted(CheckedTree.show(comparison.value())));
        }
    }

    private void having() {
        for (int i = 0; i < spec.groupFilters().size(); i++) {
            ComparisonSpec comparison = spec.groupFilters().get(i);
            value(comparison, FIELD + ".having[" + i + "]");
            Optional<MeasureSpec> measure = spec.measures().stream()
                    .filter(each -> each.outputName().equals(comparison.column()))
                    .findFirst();
            String column = CheckedTree.show(comparison.column());
            if (measure.isPresent()) {
                ofMeasure(comparison, measure.get(), column);
            } else if (!spec.keys().contains(comparison.column())) {
                tree.refuse(FIELD + ".having", RuleMessages.NO_OUTPUT_COLUMN.formatted(column));
            } else if (comparison.type() == null && comparison.operator().isOrdering()) {
                tree.refuse(FIELD + ".having", RuleMessages.TYPE_OF_KEY.formatted(column));
            }
        }
    }

    private void ofMeasure(ComparisonSpec comparison, MeasureSpec measure, String column) {
        if (comparison.type() != null) {
            tree.refuse(FIELD + ".having", RuleMessages.TYPE_OF_MEASURE.formatted(column));
        } else if (!comparison.value().matches(measure.resultType().pattern())) {
            tree.refuse(
                    FIELD + ".having",
                    (measure.resultType() == ValueType.DATE
                                    ? RuleMessages.NOT_A_DATE_OF
                                    : RuleMessages.NOT_A_DECIMAL_OF)
                            .formatted(column, CheckedTree.show(comparison.value())));
        }
    }

    private void top() {
        if (spec.top() != null && !spec.outputColumns().contains(spec.top().by())) {
            tree.refuse(
                    FIELD + ".top.by",
                    RuleMessages.NO_OUTPUT_COLUMN.formatted(
                            CheckedTree.show(spec.top().by())));
        }
    }
}
