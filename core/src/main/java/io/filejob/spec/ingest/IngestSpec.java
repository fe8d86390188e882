package io.filejob.spec.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.spec.ColumnSpec;
import io.filejob.spec.DatabaseSpec;
import io.filejob.spec.Operation;
import io.filejob.validation.CheckedBy;
import io.filejob.value.EnumNames;
import io.filejob.value.Identifier;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Loads rows into a table of a PostgreSQL database, each exactly once. */
@JsonPropertyOrder({
    "database",
    "table",
    "columns",
    "keys",
    "mode",
    "onConflict",
    "duplicates",
    "createTable",
    "aggregates"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(IngestRules.class)
public record IngestSpec(
        @JsonPropertyDescription("The database to load into.") @Required
        DatabaseSpec database,

        @JsonPropertyDescription("The table, as name or schema.name. Names are case-sensitive and not folded.")
        @Required
        @Identifier(qualified = true)
        @Size(max = Identifier.MAX_QUALIFIED_LENGTH)
        String table,

        @JsonPropertyDescription(
                "Which columns of the input go into which of the table; those of the header into those of the same names if absent.")
        @Size(max = IngestSpec.MAX_COLUMNS)
        @Nullable
        List<ColumnSpec> columns,

        @JsonPropertyDescription(
                "The table columns that identify a row. Required for upsert, which needs a unique index or constraint on them. With replace, they identify duplicates in the input.")
        @Size(max = IngestSpec.MAX_KEYS)
        @Nullable
        List<@Identifier @Size(max = Identifier.MAX_LENGTH) String> keys,

        @JsonPropertyDescription(
                "How rows are loaded: upsert inserts new keys and updates existing ones, append inserts all rows slice by slice, replace swaps the table's content for the input in one transaction.")
        @Default(IngestSpec.DEFAULT_MODE)
        @Nullable
        Mode mode,

        @JsonPropertyDescription(
                "With upsert, how a key that exists in the table is handled: update the table's row, ignore the input row, or fail as for bad input (error). Default: "
                        + IngestSpec.DEFAULT_ON_CONFLICT + ".")
        @Nullable
        OnConflict onConflict,

        @JsonPropertyDescription(
                "With keys, how several input rows with the same key are handled: load the last or the first in file order, or fail the job (error). Default: "
                        + IngestSpec.DEFAULT_DUPLICATES + ".")
        @Nullable
        Duplicates duplicates,

        @JsonPropertyDescription(
                "Whether a missing table is created, with the types given in columns (text if absent) and keys as its primary key.")
        @Default("" + IngestSpec.DEFAULT_CREATE_TABLE)
        @Nullable
        Boolean createTable,

        @JsonPropertyDescription("Aggregated tables: measures of groups of the table's rows, rebuilt after the load.")
        @Size(max = IngestSpec.MAX_AGGREGATES)
        @Nullable
        List<AggregateTableSpec> aggregates)
        implements Operation {
    static final String DEFAULT_MODE = "upsert";
    static final String DEFAULT_ON_CONFLICT = "update";
    static final String DEFAULT_DUPLICATES = "last";
    static final boolean DEFAULT_CREATE_TABLE = false;
    /** The maximum number of columns. */
    static final int MAX_COLUMNS = 256;

    /** The maximum number of key columns, which is PostgreSQL's limit for indexes. */
    static final int MAX_KEYS = 32;

    /** The maximum number of aggregated tables. */
    static final int MAX_AGGREGATES = 16;

    /** Fills in the defaults that apply to every mode, and copies the lists. */
    public IngestSpec {
        columns = columns == null ? null : List.copyOf(columns);
        keys = keys == null ? null : List.copyOf(keys);
        mode = mode == null ? EnumNames.constant(Mode.class, DEFAULT_MODE) : mode;
        createTable = createTable == null ? Boolean.valueOf(DEFAULT_CREATE_TABLE) : createTable;
        aggregates = aggregates == null ? null : List.copyOf(aggregates);
    }

    /** How rows are loaded into the table. */
    public enum Mode {
        /** Rows with new keys are inserted, rows with existing keys update the table. */
        @JsonProperty("upsert")
        UPSERT,
        /** All rows are inserted, slice by slice. */
        @JsonProperty("append")
        APPEND,
        /** The rows replace the table's content in one transaction. */
        @JsonProperty("replace")
        REPLACE
    }

    /** How an input row is handled when its key exists in the table. */
    public enum OnConflict {
        /** The table's row is updated with the input's values. */
        @JsonProperty("update")
        UPDATE,
        /** The input row is ignored, and the table's row stays unchanged. */
        @JsonProperty("ignore")
        IGNORE,
        /** The job fails. */
        @JsonProperty("error")
        ERROR
    }

    /** How several input rows with the same key are handled. */
    public enum Duplicates {
        /** The last row in file order is loaded. */
        @JsonProperty("last")
        LAST,
        /** The first row in file order is loaded. */
        @JsonProperty("first")
        FIRST,
        /** The job fails. */
        @JsonProperty("error")
        ERROR
    }

    /** Returns how rows are loaded, {@value #DEFAULT_MODE} by default. */
    @Override
    public Mode mode() {
        return Objects.requireNonNull(mode);
    }

    /** Returns whether a missing table is created, {@value #DEFAULT_CREATE_TABLE} by default. */
    @Override
    public Boolean createTable() {
        return Objects.requireNonNull(createTable);
    }

    /** Returns the key columns, or an empty list if there are none. */
    public List<String> keyColumns() {
        return Objects.requireNonNullElse(keys, List.of());
    }

    /** Returns how existing keys are handled, {@value #DEFAULT_ON_CONFLICT} by default. */
    public OnConflict conflicts() {
        return onConflict == null ? EnumNames.constant(OnConflict.class, DEFAULT_ON_CONFLICT) : onConflict;
    }

    /** Returns how duplicate keys are handled, {@value #DEFAULT_DUPLICATES} by default. */
    public Duplicates duplicateRows() {
        return duplicates == null ? EnumNames.constant(Duplicates.class, DEFAULT_DUPLICATES) : duplicates;
    }

    /** Returns the aggregated tables, or an empty list if there are none. */
    public List<AggregateTableSpec> aggregateTables() {
        return Objects.requireNonNullElse(aggregates, List.of());
    }

    /** Returns whether all rows are loaded in one transaction. */
    public boolean loadsInOneTransaction() {
        return mode() == Mode.REPLACE
                || (mode() == Mode.UPSERT && (conflicts() == OnConflict.ERROR || duplicateRows() == Duplicates.ERROR));
    }
}
