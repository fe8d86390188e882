package io.filejob.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules between the fields of {@code spec.operation.ingest}, and between it and the input's format. */
final class IngestRules {
    private static final String FIELD = "spec.operation.ingest";

    private final CheckedTree tree;
    private final IngestSpec spec;
    private final boolean keysAndColumnsAreKnown;

    private IngestRules(CheckedTree tree, IngestSpec spec) {
        this.tree = tree;
        this.spec = spec;
        this.keysAndColumnsAreKnown = tree.isKnown(FIELD, "keys", "columns");
    }

    static void check(CheckedTree tree) {
        tree.partlyBound(FIELD, IngestSpec.class).ifPresent(spec -> {
            IngestRules rules = new IngestRules(tree, spec);
            rules.mode();
            rules.keys();
            rules.columns();
            tree.forEachIn(FIELD + ".columns", ColumnSpec.class, rules::column);
            rules.tables();
            tree.forEachIn(
                    FIELD + ".aggregates",
                    AggregateTableSpec.class,
                    (table, path) -> AggregateTableRules.check(tree, table, path));
        });
    }

    private void mode() {
        if (!tree.isKnown(FIELD, "mode")) {
            return;
        }
        boolean keyed = !tree.isKnown(FIELD, "keys") || !spec.keyColumns().isEmpty();
        switch (spec.mode()) {
            case UPSERT -> {
                if (!keyed) {
                    tree.refuse(FIELD + ".keys", RuleMessages.KEYS_REQUIRED);
                }
            }
            case APPEND -> {
                withoutEffect("keys", spec.keys());
                withoutEffect("onConflict", spec.onConflict());
                withoutEffect("duplicates", spec.duplicates());
            }
            case REPLACE -> {
                withoutEffect("onConflict", spec.onConflict());
                if (spec.duplicates() != null && !keyed) {
                    tree.refuse(FIELD + ".duplicates", RuleMessages.DUPLICATES_WITHOUT_KEYS);
                }
            }
        }
    }

    private void withoutEffect(String field, @Nullable Object value) {
        if (value != null) {
            tree.refuse(FIELD + "." + field, RuleMessages.OF_OTHER_MODE.formatted(tree.textOr(FIELD + ".mode", "")));
        }
    }

    private void keys() {
        List<String> keys = spec.keyColumns();
        keys.stream()
                .filter(key -> Collections.frequency(keys, key) > 1)
                .distinct()
                .forEach(key -> tree.refuse(FIELD + ".keys", RuleMessages.TWICE.formatted(CheckedTree.show(key))));
        List<ColumnSpec> columns = spec.columns();
        if (columns != null && keysAndColumnsAreKnown) {
            keys.stream()
                    .filter(key ->
                            columns.stream().noneMatch(column -> column.target().equals(key)))
                    .forEach(key ->
                            tree.refuse(FIELD + ".keys", RuleMessages.KEY_NOT_LOADED.formatted(CheckedTree.show(key))));
        }
    }

    private void columns() {
        List<ColumnSpec> columns = spec.columns();
        if (columns == null) {
            return;
        }
        if (columns.isEmpty()) {
            tree.refuse(FIELD + ".columns", RuleMessages.NO_TARGETS);
        }
        if (new HashSet<>(columns.stream().map(ColumnSpec::target).toList()).size() < columns.size()) {
            tree.refuse(FIELD + ".columns", RuleMessages.TARGET_TWICE);
        }
    }

    private void column(ColumnSpec column, String path) {
        if (column.to() == null && column.from().matches(ColumnSpec.POSITION)) {
            tree.refuse(path + ".to", RuleMessages.TARGET_OF_POSITION.formatted(CheckedTree.show(column.from())));
        }
        if (column.to() == null && !ScalarCheck.isIdentifier(column.from())) {
            tree.refuse(path + ".from", RuleMessages.NOT_A_TARGET.formatted(CheckedTree.show(column.from())));
        }
        if (column.type() != null && !column.type().matches(ColumnSpec.TYPE)) {
            tree.refuse(path + ".type", RuleMessages.NOT_A_TYPE.formatted(CheckedTree.show(column.type())));
        }
    }

    private void tables() {
        if (spec.aggregates() == null) {
            return;
        }
        List<String> tables =
                spec.aggregates().stream().map(AggregateTableSpec::table).toList();
        if (tables.isEmpty()) {
            tree.refuse(FIELD + ".aggregates", RuleMessages.NO_TABLES);
        }
        if (tree.isKnown(FIELD, "table") && tables.contains(spec.table())) {
            tree.refuse(FIELD + ".aggregates", RuleMessages.LOADED_TABLE.formatted(CheckedTree.show(spec.table())));
        }
        if (new HashSet<>(tables).size() < tables.size()) {
            tree.refuse(FIELD + ".aggregates", RuleMessages.TABLE_TWICE);
        }
    }
}
