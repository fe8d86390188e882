package io.filejob.model;

/** The rules between the operation and its input and output. */
final class OperationRules {
    private OperationRules() {}

    static void check(CheckedTree tree) {
        boolean generated = tree.isSet("spec.input.generate");
        boolean lines = tree.isSet("spec.input.format.lines");
        if (tree.isSet("spec.operation.average") && tree.isKnown("spec.operation.average", "column")) {
            average(tree, generated, lines);
        }
        for (String operation : new String[] {"spec.operation.aggregate", "spec.operation.ingest"}) {
            if (tree.isSet(operation) && (generated || lines)) {
                tree.refuse(operation, RuleMessages.NEEDS_CSV.formatted(generated ? "generated" : "lines"));
            }
        }
        if (tree.isSet("spec.operation.ingest") && tree.isSet("spec.output")) {
            tree.refuse("spec.output", RuleMessages.OUTPUT_OF_INGEST);
        }
        AggregateRules.check(tree);
        IngestRules.check(tree);
    }

    private static void average(CheckedTree tree, boolean generated, boolean lines) {
        String column = "spec.operation.average.column";
        if ((generated || lines) && tree.isSet(column)) {
            tree.refuse(
                    column,
                    RuleMessages.COLUMN_WITHOUT_EFFECT.formatted(
                            Problems.show(tree.at(column)), generated ? "generated" : "lines"));
        }
        if (tree.isSet("spec.input.files")
                && tree.problems().noneAt("spec.input.format")
                && !generated
                && !lines
                && !tree.isSet(column)) {
            tree.refuse(column, RuleMessages.COLUMN_REQUIRED);
        }
    }
}
