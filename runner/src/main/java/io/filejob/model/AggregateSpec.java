package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Groups rows by key columns and computes exact measures of each group. */
@JsonPropertyOrder({"groupBy", "measures", "where", "having", "top"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(field = "measures", holds = "self.measures.size() > 0", message = RuleMessages.NO_MEASURES)
@Rule(
        field = "groupBy",
        holds = "!has(self.groupBy) || self.groupBy.all(k, self.groupBy.exists_one(o, o == k))",
        message = RuleMessages.TWICE,
        values = AggregateCel.KEY_TWICE)
@Rule(
        field = "measures",
        holds = AggregateCel.NAMES + ".all(names, names.all(n, " + AggregateCel.UNIQUE + "))",
        message = RuleMessages.TWO_COLUMNS)
@Rule(
        field = "measures",
        holds = "self.measures.all(m, !has(m.__as__) || m.__as__.trim() != '')",
        message = RuleMessages.NO_NAME)
@Rule(
        field = "having",
        holds = AggregateCel.EACH_GROUP_FILTER + AggregateCel.IN_OUTPUT + ")",
        message = RuleMessages.NO_OUTPUT_COLUMN,
        values = AggregateCel.FIRST_NOT + AggregateCel.IN_OUTPUT + AggregateCel.END_COLUMN)
@Rule(
        field = "having",
        holds = AggregateCel.EACH_GROUP_FILTER + AggregateCel.TYPED_KEY + ")",
        message = RuleMessages.TYPE_OF_KEY,
        values = AggregateCel.FIRST_NOT + AggregateCel.TYPED_KEY + AggregateCel.END_COLUMN)
@Rule(
        field = "having",
        holds = AggregateCel.EACH_GROUP_FILTER + AggregateCel.UNTYPED_MEASURE + ")",
        message = RuleMessages.TYPE_OF_MEASURE,
        values = AggregateCel.FIRST_NOT + AggregateCel.UNTYPED_MEASURE + AggregateCel.END_COLUMN)
@Rule(
        field = "having",
        holds = AggregateCel.EACH_GROUP_FILTER + AggregateCel.DECIMAL_IF_NEED_BE + ")",
        message = RuleMessages.NOT_A_DECIMAL_OF,
        values = {
            AggregateCel.FIRST_NOT + AggregateCel.DECIMAL_IF_NEED_BE + AggregateCel.END_COLUMN,
            AggregateCel.FIRST_NOT + AggregateCel.DECIMAL_IF_NEED_BE + AggregateCel.END_VALUE
        })
@Rule(
        field = "having",
        holds = AggregateCel.EACH_GROUP_FILTER + AggregateCel.DATE_IF_NEED_BE + ")",
        message = RuleMessages.NOT_A_DATE_OF,
        values = {
            AggregateCel.FIRST_NOT + AggregateCel.DATE_IF_NEED_BE + AggregateCel.END_COLUMN,
            AggregateCel.FIRST_NOT + AggregateCel.DATE_IF_NEED_BE + AggregateCel.END_VALUE
        })
@Rule(
        field = "top.by",
        holds = "!has(self.top) || (has(self.groupBy) && self.top.by in self.groupBy)" + " || self.measures.exists(m, "
                + AggregateCel.NAME + " == self.top.by)",
        message = RuleMessages.NO_OUTPUT_COLUMN,
        values = "'\"' + self.top.by + '\"'")
public record AggregateSpec(
        @JsonPropertyDescription("The key columns, by name or by position (#2). If absent, all rows form one group.")
        @Size(max = AggregateSpec.MAX_COLUMNS)
        @Nullable
        List<@Size(max = AverageSpec.MAX_COLUMN_LENGTH) String> groupBy,

        @JsonPropertyDescription("The measures computed for each group.")
        @Required
        @Size(max = AggregateSpec.MAX_COLUMNS)
        List<MeasureSpec> measures,

        @JsonPropertyDescription("Conditions on input rows. A row is used only if it satisfies all of them.")
        @Size(max = AggregateSpec.MAX_COLUMNS)
        @Nullable
        List<
                        @Rule(
                                field = "type",
                                holds = "has(self.type) || self.operator in ['=', '!=']",
                                message = RuleMessages.TYPE_OF_ORDER,
                                values = "self.operator")
                        ComparisonSpec>
                where,

        @JsonPropertyDescription("Conditions on groups. A group is output only if it satisfies all of them.")
        @Size(max = AggregateSpec.MAX_COLUMNS)
        @Nullable
        List<ComparisonSpec> having,

        @JsonPropertyDescription(
                "Limits the output to the first groups, ranked by a measure or a key. If absent, all groups are output in key order.")
        @Nullable
        TopSpec top)
        implements Operation {
    /** The maximum number of key columns, of measures, and of comparisons in each list. */
    static final int MAX_COLUMNS = 32;

    /** Copies the lists. */
    public AggregateSpec {
        groupBy = groupBy == null ? null : List.copyOf(groupBy);
        measures = List.copyOf(measures);
        where = where == null ? null : List.copyOf(where);
        having = having == null ? null : List.copyOf(having);
    }

    /** Returns the key columns, or an empty list if there are none. */
    public List<String> keys() {
        return Objects.requireNonNullElse(groupBy, List.of());
    }

    /** Returns the conditions on rows, or an empty list if there are none. */
    public List<ComparisonSpec> rowFilters() {
        return Objects.requireNonNullElse(where, List.of());
    }

    /** Returns the conditions on groups, or an empty list if there are none. */
    public List<ComparisonSpec> groupFilters() {
        return Objects.requireNonNullElse(having, List.of());
    }

    /** Returns the names of the output columns in order: keys, then measures. */
    public List<String> outputColumns() {
        return Stream.concat(keys().stream(), measures.stream().map(MeasureSpec::outputName))
                .toList();
    }
}
