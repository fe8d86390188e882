package io.filejob.model;

/** The rules between the operation and its input. */
final class OperationRules {
    private OperationRules() {}

    static void check(CheckedTree tree) {
        if (!tree.problems().noneAt("spec.operation")) {
            return;
        }
        boolean generated = tree.isSet("spec.input.generate");
        boolean lines = tree.isSet("spec.input.format.lines");
        if (tree.isSet("spec.operation.average")) {
            average(tree, generated, lines);
        }
        if (tree.isSet("spec.operation.aggregate")) {
            if (generated || lines) {
                tree.refuse("spec.operation.aggregate", Words.NEEDS_CSV.formatted(generated ? "generated" : "lines"));
            }
        }
        AggregateRules.check(tree);
    }

    private static void average(CheckedTree tree, boolean generated, boolean lines) {
        String column = "spec.operation.average.column";
        if ((generated || lines) && tree.isSet(column)) {
            tree.refuse(
                    column,
                    Words.COLUMN_WITHOUT_EFFECT.formatted(
                            Problems.show(tree.at(column)), generated ? "generated" : "lines"));
        }
        if (tree.isSet("spec.input.files") && !generated && !lines && !tree.isSet(column)) {
            tree.refuse(column, Words.COLUMN_REQUIRED);
        }
    }
}
