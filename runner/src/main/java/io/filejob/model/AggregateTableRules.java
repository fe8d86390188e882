package io.filejob.model;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The rules between the fields of one of {@code spec.operation.ingest.aggregates}. */
final class AggregateTableRules {
    private AggregateTableRules() {}

    static void check(CheckedTree tree, AggregateTableSpec spec, String path) {
        if (spec.groupBy().isEmpty()) {
            tree.refuse(path + ".groupBy", RuleMessages.NO_GROUPS);
        }
        spec.groupBy().stream()
                .filter(key -> Collections.frequency(spec.groupBy(), key) > 1)
                .distinct()
                .forEach(key -> tree.refuse(path + ".groupBy", RuleMessages.TWICE.formatted(CheckedTree.show(key))));
        List<MeasureSpec> measures = spec.measures();
        if (measures.isEmpty()) {
            tree.refuse(path + ".measures", RuleMessages.NO_MEASURES);
        }
        List<String> columns = Stream.concat(
                        spec.groupBy().stream(), measures.stream().map(MeasureSpec::outputName))
                .toList();
        if (measures.stream().anyMatch(measure -> Collections.frequency(columns, measure.outputName()) > 1)) {
            tree.refuse(path + ".measures", RuleMessages.TWO_COLUMNS);
        }
        for (int i = 0; i < measures.size(); i++) {
            measure(tree, measures.get(i), path + ".measures[" + i + "]");
        }
    }

    private static void measure(CheckedTree tree, MeasureSpec measure, String path) {
        MeasureFunction function = measure.function();
        if (measure.column() == null && function != MeasureFunction.COUNT) {
            tree.refuse(path + ".column", RuleMessages.COLUMN_OF_MEASURE.formatted(function.text()));
        }
        if (function == MeasureFunction.FIRST || function == MeasureFunction.LAST) {
            tree.refuse(path + ".function", RuleMessages.FUNCTION_OF_ORDER.formatted(function.text()));
        }
        if (measure.type() != null) {
            tree.refuse(path + ".type", RuleMessages.TYPE_IN_TABLE);
        }
        if (!ScalarCheck.isIdentifier(measure.outputName())) {
            tree.refuse(path + ".as", RuleMessages.NOT_A_MEASURE.formatted(CheckedTree.show(measure.outputName())));
        }
    }
}
