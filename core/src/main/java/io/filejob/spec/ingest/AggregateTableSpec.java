package io.filejob.spec.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.aggregate.AggregateSpec;
import io.filejob.validation.CheckedBy;
import io.filejob.value.EnumNames;
import io.filejob.value.Identifier;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A database table with one row for each group of rows of the loaded table. */
@JsonPropertyOrder({"table", "groupBy", "measures", "refresh"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(AggregateTableRules.class)
public record AggregateTableSpec(
        @JsonPropertyDescription(
                "The table, as name or schema.name. It is created if it does not exist and createTable is set.")
        @Required
        @Identifier(qualified = true)
        @Size(max = Identifier.MAX_QUALIFIED_LENGTH)
        String table,

        @JsonPropertyDescription("The columns that define a group.") @Required @Size(max = IngestSpec.MAX_KEYS)
        List<@Identifier @Size(max = Identifier.MAX_LENGTH) String> groupBy,

        @JsonPropertyDescription("The measures computed for each group: sum, count, min, max, avg or countDistinct.")
        @Required
        @Size(max = AggregateSpec.MAX_COLUMNS)
        List<@CheckedBy(TableMeasureRules.class) MeasureSpec> measures,

        @JsonPropertyDescription(
                "When the table is rebuilt: after each load, or only on demand, by the command filejob refresh.")
        @Default(AggregateTableSpec.DEFAULT_REFRESH)
        @Nullable
        Refresh refresh) {
    static final String DEFAULT_REFRESH = "load";

    /** Fills in the default and copies the lists. */
    public AggregateTableSpec {
        groupBy = List.copyOf(groupBy);
        measures = List.copyOf(measures);
        refresh = refresh == null ? EnumNames.constant(Refresh.class, DEFAULT_REFRESH) : refresh;
    }

    /** When an aggregated table is rebuilt. */
    public enum Refresh {
        /** After each load. */
        @JsonProperty("load")
        LOAD,
        /** Only on demand, by {@code filejob refresh}. */
        @JsonProperty("demand")
        DEMAND
    }

    /** Returns when the table is rebuilt, {@value #DEFAULT_REFRESH} by default. */
    @Override
    public Refresh refresh() {
        return Objects.requireNonNull(refresh);
    }
}
