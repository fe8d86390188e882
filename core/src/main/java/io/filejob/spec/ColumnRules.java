package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ScalarCheck;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import io.filejob.value.Identifier;
import java.util.List;
import java.util.Objects;

/** The rules between the fields of each of {@code spec.operation.ingest.columns}. */
final class ColumnRules implements RuleSet<ColumnSpec> {
    private static final ShownValue<ColumnSpec> FROM = ShownValue.quoted("self.from", ColumnSpec::from);

    @Override
    public List<SpecRule<ColumnSpec, ?>> rules() {
        return new RuleList<ColumnSpec>()
                .add(
                        "to",
                        "has(self.to) || !self.from.matches('^" + ColumnSpec.POSITION + "$')",
                        column -> column.to() != null || !column.from().matches(ColumnSpec.POSITION),
                        "is required for %s: name the table's column",
                        FROM)
                .add(
                        "from",
                        "has(self.to) || (self.from.matches(r'^" + Identifier.ONE + "$') && bytes(self.from).size() <= "
                                + Identifier.MAX_LENGTH + ")",
                        column -> column.to() != null || ScalarCheck.isIdentifier(column.from()),
                        "%s cannot name a column of the table, which takes 1 to " + Identifier.MAX_LENGTH
                                + " bytes and no control characters: give one in to",
                        FROM)
                .add(
                        "type",
                        "!has(self.type) || self.type.matches(r'^" + ColumnSpec.TYPE + "$')",
                        column -> column.type() == null || column.type().matches(ColumnSpec.TYPE),
                        "%s is not a type: write one of PostgreSQL's, for example numeric(10,2), timestamp with time"
                                + " zone or text[]",
                        ShownValue.quoted("self.type", column -> Objects.requireNonNull(column.type())))
                .toList();
    }
}
