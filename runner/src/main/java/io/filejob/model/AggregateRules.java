package io.filejob.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The rules between the fields of {@code spec.operation.aggregate}. */
final class AggregateRules {
    private static final String FIELD = "spec.operation.aggregate";

    private final CheckedTree tree;
    private final AggregateSpec spec;
    private final boolean outputIsKnown;

    private AggregateRules(CheckedTree tree, AggregateSpec spec) {
        this.tree = tree;
        this.spec = spec;
        // The check of having and measures may add problems to them.
        this.outputIsKnown = tree.isKnown(FIELD, "groupBy", "measures");
    }

    static void check(CheckedTree tree) {
        tree.partlyBound(FIELD, AggregateSpec.class).ifPresent(spec -> {
            AggregateRules rules = new AggregateRules(tree, spec);
            rules.measures();
            rules.names();
            rules.where();
            rules.having();
            rules.top();
        });
    }

    private void measures() {
        if (tree.at(FIELD + ".measures").isArray()
                && tree.at(FIELD + ".measures").isEmpty()) {
            tree.refuse(FIELD + ".measures", RuleMessages.NO_MEASURES);
        }
        tree.forEachIn(FIELD + ".measures", MeasureSpec.class, (measure, path) -> {
            String function = measure.function().text();
            if (measure.column() == null && measure.function() != MeasureFunction.COUNT) {
                tree.refuse(path + ".column", RuleMessages.COLUMN_OF_MEASURE.formatted(function));
            }
            if (measure.type() != null && !measure.function().hasType()) {
                tree.refuse(path + ".type", RuleMessages.TYPE_OF_FUNCTION.formatted(function));
            }
        });
    }

    private void names() {
        spec.keys().stream()
                .filter(key -> Collections.frequency(spec.keys(), key) > 1)
                .distinct()
                .forEach(key -> tree.refuse(FIELD + ".groupBy", RuleMessages.TWICE.formatted(CheckedTree.show(key))));
        if (!outputIsKnown) {
            return;
        }
        List<String> columns = spec.outputColumns();
        if (spec.measures().stream().anyMatch(measure -> Collections.frequency(columns, measure.outputName()) > 1)) {
            tree.refuse(FIELD + ".measures", RuleMessages.TWO_COLUMNS);
        }
        if (spec.measures().stream().anyMatch(measure -> measure.outputName().isBlank())) {
            tree.refuse(FIELD + ".measures", RuleMessages.NO_NAME);
        }
    }

    private void where() {
        tree.forEachIn(FIELD + ".where", ComparisonSpec.class, (comparison, path) -> {
            if (comparison.type() == null && comparison.operator().isOrdering()) {
                tree.refuse(
                        path + ".type",
                        RuleMessages.TYPE_OF_ORDER.formatted(
                                comparison.operator().text()));
            }
            value(comparison, path);
        });
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
        tree.forEachIn(FIELD + ".having", ComparisonSpec.class, (comparison, path) -> {
            value(comparison, path);
            if (!outputIsKnown) {
                return;
            }
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
        });
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
        if (spec.top() != null
                && outputIsKnown
                && !spec.outputColumns().contains(spec.top().by())) {
            tree.refuse(
                    FIELD + ".top.by",
                    RuleMessages.NO_OUTPUT_COLUMN.formatted(
                            CheckedTree.show(spec.top().by())));
        }
    }
}
