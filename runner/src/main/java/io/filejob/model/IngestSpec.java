package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows into a table of a PostgreSQL database, each once. */
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
@Rule(field = "keys", holds = "self.mode != 'upsert' || " + IngestCel.KEYED, message = Words.KEYS_REQUIRED)
@Rule(
        field = "keys",
        holds = "self.mode != 'append' || !has(self.keys)",
        message = Words.OF_OTHER_MODE,
        values = "self.mode")
@Rule(
        field = "keys",
        holds = "!has(self.keys) || self.keys.all(k, self.keys.exists_one(o, o == k))",
        message = Words.TWICE,
        values = IngestCel.KEY_TWICE)
@Rule(
        field = "keys",
        holds = "!has(self.keys) || !has(self.columns) || self.keys.all(k, " + IngestCel.LOADED + "k))",
        message = Words.KEY_NOT_LOADED,
        values = IngestCel.KEY_NOT_LOADED)
@Rule(
        field = "onConflict",
        holds = "self.mode == 'upsert' || !has(self.onConflict)",
        message = Words.OF_OTHER_MODE,
        values = "self.mode")
@Rule(
        field = "duplicates",
        holds = "self.mode != 'append' || !has(self.duplicates)",
        message = Words.OF_OTHER_MODE,
        values = "self.mode")
@Rule(
        field = "duplicates",
        holds = "self.mode != 'replace' || !has(self.duplicates) || " + IngestCel.KEYED,
        message = Words.DUPLICATES_WITHOUT_KEYS)
@Rule(field = "columns", holds = "!has(self.columns) || self.columns.size() > 0", message = Words.NO_TARGETS)
@Rule(
        field = "columns",
        holds = "!has(self.columns) || " + IngestCel.TARGETS + ".all(names, names.all(n, names.exists_one(o, o == n)))",
        message = Words.TARGET_TWICE)
@Rule(field = "aggregates", holds = "!has(self.aggregates) || self.aggregates.size() > 0", message = Words.NO_TABLES)
@Rule(
        field = "aggregates",
        holds = "!has(self.aggregates) || !self.aggregates.exists(a, a.table == self.table)",
        message = Words.LOADED_TABLE,
        values = "'\"' + self.table + '\"'")
@Rule(
        field = "aggregates",
        holds = "!has(self.aggregates)"
                + " || self.aggregates.all(a, self.aggregates.exists_one(o, o.table == a.table))",
        message = Words.TABLE_TWICE)
public record IngestSpec(
        @JsonPropertyDescription("Which database.") @Required
        DatabaseSpec database,

        @JsonPropertyDescription("The table, as name or schema.name; names are taken as they are, also their case.")
        @Required
        @Identifier(qualified = true)
        @Size(max = Identifier.LONGEST_QUALIFIED)
        String table,

        @JsonPropertyDescription(
                "Which columns of the input go into which of the table; those of the header into those of the same names if absent.")
        @Size(max = IngestSpec.MOST_COLUMNS)
        @Nullable
        List<ColumnSpec> columns,

        @JsonPropertyDescription(
                "The table's columns that tell rows apart. Needed for upsert, where a unique index or constraint on them must be there; for replace, duplicates are dropped by them.")
        @Size(max = IngestSpec.MOST_KEYS)
        @Nullable
        List<@Identifier @Size(max = Identifier.LONGEST) String> keys,

        @JsonPropertyDescription(
                "What becomes of the table: upsert inserts new keys and updates known ones, append inserts all rows slice by slice, replace puts the rows in the place of all that were there, at once.")
        @Default("upsert")
        @Nullable
        Mode mode,

        @JsonPropertyDescription(
                "With upsert, what to do about a key that the table has: update the row, ignore the input's, or fail as for bad input (error); update if absent.")
        @Nullable
        OnConflict onConflict,

        @JsonPropertyDescription(
                "With keys, which row counts of those of one key in the input, in file order: the last, the first, or none, and the job fails (error); last if absent.")
        @Nullable
        Duplicates duplicates,

        @JsonPropertyDescription(
                "Whether a table that is not there is made, with the types of columns, text if they have none, and keys as its primary key.")
        @Default("false")
        @Nullable
        Boolean createTable,

        @JsonPropertyDescription("Tables with measures of groups of the table's rows, made anew after the load.")
        @Size(max = IngestSpec.MOST_AGGREGATES)
        @Nullable
        List<AggregateTableSpec> aggregates)
        implements Operation {
    /** The most columns. */
    static final int MOST_COLUMNS = 256;

    /** As PostgreSQL has it for indexes. */
    static final int MOST_KEYS = 32;

    /** The most aggregated tables. */
    static final int MOST_AGGREGATES = 16;

    /** Fills in the defaults that always have an effect, and keeps copies. */
    public IngestSpec {
        columns = columns == null ? null : List.copyOf(columns);
        keys = keys == null ? null : List.copyOf(keys);
        mode = mode == null ? Mode.UPSERT : mode;
        createTable = createTable == null ? Boolean.FALSE : createTable;
        aggregates = aggregates == null ? null : List.copyOf(aggregates);
    }

    /** What becomes of the table. */
    public enum Mode {
        /** New keys are inserted, known ones updated. */
        @JsonProperty("upsert")
        UPSERT,
        /** All rows are inserted, slice by slice. */
        @JsonProperty("append")
        APPEND,
        /** The rows take the place of all that were there, at once. */
        @JsonProperty("replace")
        REPLACE
    }

    /** What to do about a key that the table has. */
    public enum OnConflict {
        /** The table's row gets the input's values. */
        @JsonProperty("update")
        UPDATE,
        /** The table's row stays as it is. */
        @JsonProperty("ignore")
        IGNORE,
        /** The job fails. */
        @JsonProperty("error")
        ERROR
    }

    /** Which row counts of those of one key in the input. */
    public enum Duplicates {
        /** The last in file order. */
        @JsonProperty("last")
        LAST,
        /** The first in file order. */
        @JsonProperty("first")
        FIRST,
        /** None: the job fails. */
        @JsonProperty("error")
        ERROR
    }

    /** With its default. */
    @Override
    public Mode mode() {
        return mode == null ? Mode.UPSERT : mode;
    }

    /** With its default. */
    @Override
    public Boolean createTable() {
        return Boolean.TRUE.equals(createTable);
    }

    /** The key columns; none is an empty list. */
    public List<String> keyColumns() {
        return Objects.requireNonNullElse(keys, List.of());
    }

    /** What to do about a key that the table has, with its default. */
    public OnConflict conflicts() {
        return onConflict == null ? OnConflict.UPDATE : onConflict;
    }

    /** Which row counts of those of one key, with its default. */
    public Duplicates duplicateRows() {
        return duplicates == null ? Duplicates.LAST : duplicates;
    }

    /** The aggregated tables; none is an empty list. */
    public List<AggregateTableSpec> aggregateTables() {
        return Objects.requireNonNullElse(aggregates, List.of());
    }

    /** Whether all rows go into the table by one transaction. */
    public boolean comesAtOnce() {
        return mode() == Mode.REPLACE
                || (mode() == Mode.UPSERT && (conflicts() == OnConflict.ERROR || duplicateRows() == Duplicates.ERROR));
    }
}
