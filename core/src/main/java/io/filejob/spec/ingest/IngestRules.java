package io.filejob.spec.ingest;

import io.filejob.spec.ColumnSpec;
import io.filejob.spec.aggregate.AggregateRules;
import io.filejob.validation.CelText;
import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The rules between the fields of {@code spec.operation.ingest}. */
final class IngestRules implements RuleSet<IngestSpec> {
    private static final ShownValue<IngestSpec> MODE =
            ShownValue.plain("self.mode", spec -> spec.mode().name().toLowerCase(Locale.ROOT));
    private static final String IS_OF_OTHER_MODE = "has no effect with mode: %s: leave it out";

    private static final String HAS_KEYS = "(has(self.keys) && self.keys.size() > 0)";

    @Override
    public List<SpecRule<IngestSpec, ?>> rules() {
        RuleList<IngestSpec> rules = new RuleList<>();
        keys(rules);
        rowsOfOneKey(rules);
        columns(rules);
        tables(rules);
        return rules.toList();
    }

    private static void keys(RuleList<IngestSpec> rules) {
        String isLoaded = "self.columns.exists(c, (has(c.to) ? c.to : c.from) == ";
        rules.add(
                        "keys",
                        "self.mode != 'upsert' || " + HAS_KEYS,
                        spec -> spec.mode() != IngestSpec.Mode.UPSERT
                                || !spec.keyColumns().isEmpty(),
                        "is required for mode: upsert: list the table's columns that tell rows apart")
                .add(
                        "keys",
                        "self.mode != 'append' || !has(self.keys)",
                        spec -> spec.mode() != IngestSpec.Mode.APPEND || spec.keys() == null,
                        IS_OF_OTHER_MODE,
                        MODE)
                .each(
                        "keys",
                        IngestSpec::keyColumns,
                        CelText.distinct("keys", true),
                        (spec, key) -> Collections.frequency(spec.keyColumns(), key) == 1,
                        AggregateRules.OCCURS_TWICE,
                        ShownValue.quoted(CelText.firstDuplicate("keys"), key -> key))
                .each(
                        "keys",
                        IngestSpec::keyColumns,
                        "!has(self.keys) || !has(self.columns) || self.keys.all(k, " + isLoaded + "k))",
                        (spec, key) -> spec.columns() == null
                                || spec.columns().stream()
                                        .anyMatch(column -> column.target().equals(key)),
                        "%s is not listed in columns: add it there, or leave it out",
                        ShownValue.quoted(CelText.first("keys", "!" + isLoaded + "self.keys[i])"), key -> key))
                .suggesting(spec -> Objects.requireNonNullElse(spec.columns(), List.<ColumnSpec>of()).stream()
                        .map(ColumnSpec::target)
                        .toList());
    }

    private static void rowsOfOneKey(RuleList<IngestSpec> rules) {
        rules.add(
                        "onConflict",
                        "self.mode == 'upsert' || !has(self.onConflict)",
                        spec -> spec.mode() == IngestSpec.Mode.UPSERT || spec.onConflict() == null,
                        IS_OF_OTHER_MODE,
                        MODE)
                .add(
                        "duplicates",
                        "self.mode != 'append' || !has(self.duplicates)",
                        spec -> spec.mode() != IngestSpec.Mode.APPEND || spec.duplicates() == null,
                        IS_OF_OTHER_MODE,
                        MODE)
                .add(
                        "duplicates",
                        "self.mode != 'replace' || !has(self.duplicates) || " + HAS_KEYS,
                        spec -> spec.mode() != IngestSpec.Mode.REPLACE
                                || spec.duplicates() == null
                                || !spec.keyColumns().isEmpty(),
                        "has no effect without keys: add them, or leave this out");
    }

    private static void columns(RuleList<IngestSpec> rules) {
        rules.add(
                        "columns",
                        "!has(self.columns) || self.columns.size() > 0",
                        spec -> spec.columns() == null || !spec.columns().isEmpty(),
                        "[] names no column: list at least one, or leave it out")
                .each(
                        "columns",
                        spec -> Objects.requireNonNullElse(spec.columns(), List.of()),
                        "!has(self.columns) || [self.columns.map(c, has(c.to) ? c.to : c.from)]"
                                + ".all(names, names.all(n, names.exists_one(o, o == n)))",
                        (spec, column) -> Objects.requireNonNullElse(spec.columns(), List.<ColumnSpec>of()).stream()
                                        .filter(other -> column.target().equals(other.target()))
                                        .count()
                                == 1,
                        "has two for one column of the table: tell them apart with to");
    }

    private static void tables(RuleList<IngestSpec> rules) {
        rules.add(
                        "aggregates",
                        "!has(self.aggregates) || self.aggregates.size() > 0",
                        spec -> spec.aggregates() == null || !spec.aggregates().isEmpty(),
                        "[] names no table: list at least one, or leave it out")
                .each(
                        "aggregates",
                        IngestSpec::aggregateTables,
                        "!has(self.aggregates) || !self.aggregates.exists(a, a.table == self.table)",
                        (spec, table) -> !table.table().equals(spec.table()),
                        "has %s, the table that is loaded: name another",
                        ShownValue.quoted("self.table", AggregateTableSpec::table))
                .each(
                        "aggregates",
                        IngestSpec::aggregateTables,
                        "!has(self.aggregates)"
                                + " || self.aggregates.all(a, self.aggregates.exists_one(o, o.table == a.table))",
                        (spec, table) -> spec.aggregateTables().stream()
                                        .filter(other -> table.table().equals(other.table()))
                                        .count()
                                == 1,
                        "has two of one table: name another");
    }
}
